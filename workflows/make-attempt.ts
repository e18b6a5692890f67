import { log } from '@temporalio/workflow';
import { type AttemptResult } from '../src/domain/attempt-result';
import { verdict } from '../src/domain/delivery-state';
import { type Duration, durationMs } from '../src/domain/duration';
import { offerTemplate } from '../src/domain/offer-template';
import { refusalFrom } from '../src/domain/refusal-from';
import { type StepMessage } from '../src/domain/step-message';
import { twilio } from './activity-proxies';
import { isExpired, waitInTime } from './deadline';
import { type Attempt, attemptsMade, type Delivery, type HandedOver, hear, stateOf } from './delivery';
import { enter } from './enter';
import { type Held } from './hold';
import { interruption, isInterrupted } from './interruption';
import { send } from './send';
import { withinStep } from './step-clock';

/** Sends one message and waits for the receipt that decides, until the attempt's time-out. */
export async function makeAttempt(delivery: Delivery, step: StepMessage): Promise<AttemptResult | Held> {
  const attempt = beginAttempt(delivery, step);
  enter(delivery, 'sending');

  const sent = await send(delivery, attempt, step);
  if (sent.kind === 'expired' && 'isBegun' in sent && !sent.isBegun) {
    delivery.attempts.pop();
  }
  if (sent.kind !== 'handed_over') {
    return sent;
  }
  attempt.handedOver = sent;
  sent.events.forEach((event) => hear(delivery, event));
  const result = await awaitReceipt(delivery, attempt, sent, step.deliveryTimeout);
  return offerTemplate(result, step, sent.isTemplate === true);
}

/**
 * Waits for the receipt that decides what became of a message that Twilio has, and asks for it once before the time is over, or before
 * the message ends because its recipient opted out: what arrived is delivered all the same.
 */
export async function awaitReceipt(
  delivery: Delivery,
  attempt: Attempt,
  sent: HandedOver,
  deliveryTimeout: Duration,
): Promise<AttemptResult> {
  enter(delivery, 'awaiting_receipt');
  const isSettled = (): boolean => isInterrupted(delivery) || verdict(stateOf(delivery, attempt)) !== 'pending';
  const summary = `receipt of attempt ${attempt.number} within ${deliveryTimeout}`;
  const isHeard = await waitInTime(delivery, isSettled, withinStep(delivery, durationMs(deliveryTimeout)), { summary });
  if (!isHeard || interruption(delivery)?.kind === 'opted_out') {
    await poll(delivery, attempt, sent);
  }
  const state = stateOf(delivery, attempt);
  if (verdict(state) === 'failed') {
    return refusalFrom(state, sent.optOutCodes);
  }
  return isExpired(delivery)
    ? { kind: 'expired', reason: 'Twilio took it, and no receipt that decides came before its time was over' }
    : { kind: 'timed_out' };
}

/** The next attempt, or the one that is on record and was held. */
export function beginAttempt(delivery: Delivery, { channel }: Pick<Attempt, 'channel'>): Attempt {
  const held = delivery.attempts.at(-1);
  if (held?.isHeld === true) {
    delete held.isHeld;
    return held;
  }
  const attempt: Attempt = { number: attemptsMade(delivery) + 1, channel };
  delivery.attempts.push(attempt);
  return attempt;
}

/** Asks Twilio once more before silence is taken for silence: the webhook may have been lost. */
export async function poll(
  delivery: Delivery,
  attempt: Attempt,
  { conversationSid, messageSid }: HandedOver,
): Promise<void> {
  try {
    const options = { summary: `receipts of attempt ${attempt.number}`, retry: { maximumAttempts: 5 } };
    const events = await twilio().pollReceipts.executeWithOptions(options, [{ conversationSid, messageSid }]);
    events.forEach((event) => hear(delivery, event));
  } catch (error) {
    // Twilio cannot be asked: what is known has to do, and a receipt that comes later still counts.
    log.warn('receipts could not be read', { attempt: attempt.number, error });
  }
}
