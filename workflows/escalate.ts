import { type AttemptResult } from '../src/domain/attempt-result';
import { reasonFor } from '../src/domain/describe-attempt';
import { type NextStep } from '../src/domain/next-step';
import { rememberDeadCause } from './dead-cause-for';
import { channelOf, type Delivery } from './delivery';
import { enter } from './enter';
import { recordProgress } from './record-progress';
import { CHANNEL } from './search-attributes';

type Escalation = Extract<NextStep, { kind: 'escalate' }>;

/** Moves to the next step of the ladder. */
export async function escalate(delivery: Delivery, result: AttemptResult, next: Escalation): Promise<void> {
  const { only, step } = next;
  delivery.position = { step, attemptInStep: 1, ...(only === undefined ? {} : { only }) };
  delivery.escalatedBecause = reasonFor(result);
  rememberDeadCause(delivery, result);
  const channel = channelOf(delivery);
  enter(delivery, 'escalating', { key: CHANNEL, value: channel });
  await recordProgress(delivery, result, {
    kind: 'escalated',
    detail: { step, channel, reason: delivery.escalatedBecause },
  });
}
