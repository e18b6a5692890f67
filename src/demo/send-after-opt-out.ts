import { type SendRequestInput } from '../request/send-request-schema';
import { type SimulatorControl } from '../simulator/control/simulator-control';
import { describeMessage } from './describe-message';
import { messagesAtTwilio } from './messages-at-twilio';
import { type Stage } from './stage';

/** What `sendAfterOptOut` has to return: the first message is the only one that Twilio ever gets. */
export function heldBackAfter(source: string): readonly string[] {
  return [
    `ledger: opted out by ${source}`,
    'the next message:',
    '1 sms opted_out',
    '→ opted_out',
    'messages at Twilio: 1',
  ];
}

/** Waits until the recipient of the request is in the ledger, then sends it all the same. */
export async function sendAfterOptOut(
  stage: Stage,
  simulator: SimulatorControl,
  request: SendRequestInput & { readonly to: string },
): Promise<readonly string[]> {
  const { scopes } = await stage.optedOut(request.to);
  const message = await stage.ended(await stage.send(request));
  return [
    ...scopes.map(({ source }) => `ledger: opted out by ${source}`),
    'the next message:',
    ...describeMessage(message),
    messagesAtTwilio(simulator, request.to),
  ];
}
