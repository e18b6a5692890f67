import { log } from '@temporalio/workflow';
import { type LookUpAgainInput } from '../activities/look-up-again';
import { isMessageChannel } from '../src/domain/channel';
import { type Outcome } from '../src/domain/outcome';
import { records, twilio } from './activity-proxies';
import { close } from './close';
import { type Delivery, hear } from './delivery';
import { isInterrupted } from './interruption';
import { type Recalled } from './recall';
import { ofRun } from './record-progress';
import { summary } from './summary';

/**
 * Looks at Twilio for what the creates of earlier runs may have left without anybody knowing.
 * @returns the outcome when Twilio cannot be asked: nothing is sent then, and the message is as dead as before.
 */
export async function lookUpLost(delivery: Delivery, recalled: readonly Recalled[]): Promise<Outcome | undefined> {
  for (const attempt of recalled) {
    const search = searchFor(delivery, attempt);
    if (search !== undefined && !isInterrupted(delivery) && !(await lookUp(delivery, attempt, search))) {
      const reason = `attempt ${attempt.made.number} may be at Twilio, and Twilio cannot be asked; nothing was sent again`;
      return await close(delivery, { kind: 'ambiguous', reason }, 'ambiguous');
    }
  }
  return undefined;
}

/** What is to be looked for; undefined when the attempt left nothing that nobody knows of. */
function searchFor({ input: message }: Delivery, { earlier }: Recalled): LookUpAgainInput | undefined {
  const { addresses, channel, conversation, number, openCreate, startedAt, step } = earlier;
  if (!isMessageChannel(channel) || addresses === undefined) {
    return undefined;
  }
  if (conversation === undefined || openCreate === undefined) {
    return undefined;
  }
  return { message, attempt: { number, step, channel, ...addresses }, conversation, openCreate, startedAt };
}

/** @returns false when Twilio cannot be asked. */
async function lookUp(delivery: Delivery, { made }: Recalled, search: LookUpAgainInput): Promise<boolean> {
  const options = { summary: `look for attempt ${made.number} again`, heartbeatTimeout: '10s' } as const;
  try {
    const found = await twilio().lookUpAgain.executeWithOptions(options, [search]);
    if (found.kind === 'handed_over') {
      made.handedOver = found;
      found.events.forEach((event) => hear(delivery, event));
    }
  } catch (error) {
    log.warn('an attempt of an earlier run could not be looked for', { attempt: made.number, error });
    return false;
  }
  const isFound = made.handedOver !== undefined;
  delivery.status = isFound ? 'awaiting_receipt' : 'sending';
  const note = { kind: 'looked_up', attempt: made.number, detail: { found: isFound } } as const;
  await records.recordProgress.executeWithOptions(
    summary(`attempt ${made.number} ${isFound ? 'was found' : 'is not there'}`),
    [{ ...ofRun(delivery), status: delivery.status, note, heardEventIds: [] }],
  );
  return true;
}
