import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type Duration, durationMs } from '../src/domain/duration';
import { nextStep } from '../src/domain/next-step';
import { type ConversationStep } from '../src/domain/step-message';
import { untilExpiryMs } from './deadline';
import { type Attempt, type Delivery, hear } from './delivery';
import { enter } from './enter';
import { weigh } from './escalate-participant';
import { createFanOut, endOf, type FanOut, isDone, isOver, superfluous, unweighed } from './followed-participants';
import { type Held } from './hold';
import { interruption } from './interruption';
import { beginAttempt, poll } from './make-attempt';
import { post } from './post';
import { momentOf, withinStep } from './step-clock';

/**
 * Posts one message into the conversation, and sees to each participant by itself: whoever is not reached gets a message of their
 * own, as the policy's ladder says. The message is not posted again once anybody may have it, since Twilio would send it to all.
 */
export async function fanOut(delivery: Delivery, step: ConversationStep): Promise<AttemptResult | Held> {
  const { request } = delivery.input;
  if (request.conversationSid === undefined) {
    throw new Error('only a request into a conversation has such a step');
  }
  const attempt = beginAttempt(delivery, step);
  enter(delivery, 'sending');
  const sent = await post(delivery, request, attempt);
  if (sent.kind === 'posted') {
    attempt.handedOver = sent;
    sent.events.forEach((event) => hear(delivery, event));
    enter(delivery, 'awaiting_receipt');
    return await follow(delivery, attempt, createFanOut(sent.participants, sent.optOutCodes), step.deliveryTimeout);
  }
  if (sent.kind === 'expired' && 'isBegun' in sent) {
    delivery.attempts.pop();
  }
  if (sent.kind !== 'turned_down') {
    return sent;
  }
  const { optOutCodes, participants, refusal } = sent;
  const isForEach = nextStep(request.policy, momentOf(delivery), refusal).kind === 'escalate';
  return isForEach
    ? await follow(delivery, attempt, createFanOut(participants, optOutCodes, refusal))
    : (interruption(delivery) ?? refusal);
}

/** Waits until what became of each participant is known, those included who have a message of their own by now. */
async function follow(
  delivery: Delivery,
  attempt: Attempt,
  fan: FanOut,
  deliveryTimeout?: Duration,
): Promise<AttemptResult> {
  const deadline = new CancellationScope();
  if (deliveryTimeout !== undefined) {
    const withinMs = withinStep(delivery, durationMs(deliveryTimeout));
    const limitMs = Math.max(1, Math.min(withinMs, untilExpiryMs(delivery) ?? Infinity));
    runDeadline(fan, deadline, limitMs, `receipts of attempt ${attempt.number} within ${deliveryTimeout}`);
  }
  while (!isDone(delivery, fan)) {
    await takeNextStep(delivery, attempt, fan);
  }
  deadline.cancel();
  return { kind: 'fanned_out', ...endOf(delivery, fan) };
}

/** One timer for all participants. */
function runDeadline(fan: FanOut, deadline: CancellationScope, limitMs: number, summary: string): void {
  fan.deadline = 'ahead';
  const passed = (): void => {
    fan.deadline = 'passed';
  };
  deadline.run(() => sleep(limitMs, { summary })).then(passed, () => undefined);
}

async function takeNextStep(delivery: Delivery, attempt: Attempt, fan: FanOut): Promise<void> {
  const news = (): boolean =>
    isDone(delivery, fan) ||
    isOver(fan) ||
    superfluous(delivery, fan).length > 0 ||
    unweighed(delivery, fan).length > 0;
  await condition(news);
  if (isOver(fan)) {
    if (attempt.handedOver !== undefined && unweighed(delivery, { ...fan, deadline: 'polled' }).length > 0) {
      await poll(delivery, attempt, attempt.handedOver);
    }
    fan.deadline = 'polled';
  }
  superfluous(delivery, fan).forEach((child) => child.callOff());
  for (const followed of unweighed(delivery, fan)) {
    await weigh(delivery, attempt, fan, followed);
  }
}
