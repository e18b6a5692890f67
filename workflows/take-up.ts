import { ApplicationFailure } from '@temporalio/workflow';
import { CALL_CHANNEL } from '../src/domain/channel';
import { verdict } from '../src/domain/delivery-state';
import { type Duration } from '../src/domain/duration';
import { endOfAttempt } from '../src/domain/end-of-attempt';
import { type Outcome } from '../src/domain/outcome';
import { stepAt } from '../src/domain/step-message';
import { records } from './activity-proxies';
import { close } from './close';
import { type Delivery, stateOf } from './delivery';
import { enter } from './enter';
import { interruption, isInterrupted } from './interruption';
import { lookUpLost } from './look-up-lost';
import { awaitReceipt, poll } from './make-attempt';
import { isDoubtful, recall, type Recalled } from './recall';
import { OUTCOME } from './search-attributes';
import { summary } from './summary';

/**
 * Takes up a message that was redriven. What earlier runs may have left at Twilio is looked for before anything is sent anew:
 * a message that is found is waited for and ends the story, and proof that any attempt arrived does so at once.
 * @returns the outcome when that is the end; otherwise the policy's ladder begins again.
 */
export async function takeUp(delivery: Delivery, redrive: number): Promise<Outcome | undefined> {
  const input = { messageId: delivery.input.messageId, redrive };
  const found = await records.takeUpMessage.executeWithOptions(summary(`take up redrive ${redrive}`), [input]);
  if (found.kind === 'over') {
    return endWith(delivery, found.outcome);
  }
  const recalled = recall(delivery, found);
  return (await lookUpLost(delivery, recalled)) ?? (await followFound(delivery, recalled));
}

/**
 * Ends a run that began when the message had ended already: with the outcome on record, and nothing is done.
 * Throws ApplicationFailure `IdempotencyConflict` when the message was another request.
 */
export async function endAsRecorded(delivery: Delivery): Promise<Outcome> {
  const { messageId, redrive = 0, requestHash } = delivery.input;
  const input = { messageId, redrive };
  const found = await records.takeUpMessage.executeWithOptions(summary('read how the message has ended'), [input]);
  if (found.kind !== 'over') {
    throw ApplicationFailure.nonRetryable(
      'the message was closed, and is open again under the same run',
      'MessageOpen',
    );
  }
  if (found.requestHash !== undefined && found.requestHash !== requestHash) {
    throw ApplicationFailure.nonRetryable(
      'The idempotency key was used before with another request; take a new key.',
      'IdempotencyConflict',
    );
  }
  return endWith(delivery, found.outcome);
}

function endWith(delivery: Delivery, outcome: Outcome): Outcome {
  delivery.outcome = outcome;
  enter(delivery, 'closed', { key: OUTCOME, value: outcome.kind });
  return outcome;
}

/** Asks for receipts that nobody told, and ends by those of a message of which it was open whether Twilio had it. */
async function followFound(delivery: Delivery, recalled: readonly Recalled[]): Promise<Outcome | undefined> {
  for (const { made } of recalled) {
    if (made.handedOver !== undefined && !isInterrupted(delivery) && verdict(stateOf(delivery, made)) === 'pending') {
      await poll(delivery, made, made.handedOver);
    }
  }
  const adopted = recalled.findLast(({ earlier, made }) => isDoubtful(earlier) && made.handedOver !== undefined);
  const handedOver = adopted?.made.handedOver;
  if (adopted === undefined || handedOver === undefined || isInterrupted(delivery)) {
    return undefined;
  }
  const deliveryTimeout = timeoutOf(delivery, adopted.earlier.step);
  const result = await awaitReceipt(delivery, adopted.made, handedOver, deliveryTimeout);
  const end = interruption(delivery) ?? result;
  return await close(delivery, end, endOfAttempt(end));
}

function timeoutOf({ input: { request } }: Delivery, stepNumber: number): Duration {
  const step = stepAt(request, stepNumber);
  return step.channel === 'human' || step.channel === CALL_CHANNEL
    ? request.policy.deliveryTimeout
    : step.deliveryTimeout;
}
