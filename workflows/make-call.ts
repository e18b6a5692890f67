import { log } from '@temporalio/workflow';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type CallSid } from '../src/domain/sid';
import { type StepCall } from '../src/domain/step-message';
import { type OpenConversation } from '../src/twilio/gateway';
import { twilio } from './activity-proxies';
import { type Attempt, type Delivery } from './delivery';
import { dial } from './dial';
import { enter } from './enter';
import { followCall } from './follow-call';
import { type Held } from './hold';
import { beginAttempt } from './make-attempt';
import { summary } from './summary';

/** Calls somebody, and waits until the call has come to something or its time is over. */
export async function makeCall(delivery: Delivery, step: StepCall): Promise<AttemptResult | Held> {
  const attempt = beginAttempt(delivery, step);
  const call: NonNullable<Attempt['call']> = { to: step.to, acknowledge: step.acknowledge };
  attempt.call = call;
  enter(delivery, 'sending');
  const sent = await dial(delivery, attempt, step);
  if (sent.kind === 'expired' && 'isBegun' in sent && !sent.isBegun) {
    delivery.attempts.pop();
  }
  if (sent.kind === 'placed') {
    call.callSid = sent.callSid;
    note(delivery, attempt, sent.callSid, sent.conversation);
  }
  // A callback may have told of a call whose create was given up without an answer.
  const { callSid } = call;
  if (callSid !== undefined) {
    return await followCall(delivery, { attempt, callSid, step });
  }
  if (sent.kind === 'ambiguous' || sent.kind === 'canceled' || (sent.kind === 'expired' && !('isBegun' in sent))) {
    call.isLost = true;
  }
  return sent.kind === 'placed' ? { kind: 'ambiguous', reason: 'the call has no SID' } : sent;
}

/** Goes on beside the call: nobody waits for it, and that it fails changes nothing. */
function note(
  { input: { messageId } }: Delivery,
  { number: attempt }: Attempt,
  callSid: CallSid,
  conversation: OpenConversation | undefined,
): void {
  if (conversation !== undefined) {
    const options = { ...summary('note the call with its participant'), retry: { maximumAttempts: 3 } };
    twilio()
      .noteCall.executeWithOptions(options, [{ ...conversation, callSid, messageId, attempt }])
      .catch((error: unknown) => log.warn('a call could not be noted with its participant', { attempt, error }));
  }
}
