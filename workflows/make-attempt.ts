import { condition, log } from '@temporalio/workflow';
import { type AttemptResult } from '../src/domain/attempt-result';
import { verdict } from '../src/domain/delivery-state';
import { durationMs } from '../src/domain/duration';
import { refusalFrom } from '../src/domain/refusal-from';
import { type StepMessage } from '../src/domain/step-message';
import { twilio } from './activity-proxies';
import { type Attempt, type Delivery, type HandedOver, hear, stateOf } from './delivery';
import { enter } from './enter';
import { isInterrupted } from './interruption';
import { send } from './send';

/** Sends one message and waits for the receipt that decides, until the attempt's time-out. */
export async function makeAttempt(delivery: Delivery, step: StepMessage): Promise<AttemptResult> {
  const attempt: Attempt = { number: delivery.attempts.length + 1, channel: step.channel };
  delivery.attempts.push(attempt);
  enter(delivery, 'sending');

  const sent = await send(delivery, attempt, step);
  if (sent.kind !== 'handed_over') {
    return sent;
  }
  attempt.handedOver = sent;
  sent.events.forEach((event) => hear(delivery, event));
  enter(delivery, 'awaiting_receipt');

  const isSettled = (): boolean => isInterrupted(delivery) || verdict(stateOf(delivery, attempt)) !== 'pending';
  const summary = `receipt of attempt ${attempt.number} within ${step.deliveryTimeout}`;
  if (!(await condition(isSettled, durationMs(step.deliveryTimeout), { summary }))) {
    await poll(delivery, attempt, sent);
  }
  const state = stateOf(delivery, attempt);
  return verdict(state) === 'failed' ? refusalFrom(state, sent.optOutCodes) : { kind: 'timed_out' };
}

/** Asks Twilio once more before silence is taken for silence: the webhook may have been lost. */
async function poll(delivery: Delivery, attempt: Attempt, { conversationSid, messageSid }: HandedOver): Promise<void> {
  try {
    const options = { summary: `receipts of attempt ${attempt.number}`, retry: { maximumAttempts: 5 } };
    const events = await twilio().pollReceipts.executeWithOptions(options, [{ conversationSid, messageSid }]);
    events.forEach((event) => hear(delivery, event));
  } catch (error) {
    // Twilio cannot be asked: what is known has to do, and a receipt that comes later still counts.
    log.warn('receipts could not be read', { attempt: attempt.number, error });
  }
}
