import { type AttemptResult } from '../src/domain/attempt-result';
import { reasonFor } from '../src/domain/describe-attempt';
import { channelOf, type Delivery } from './delivery';
import { enter } from './enter';
import { recordProgress } from './record-progress';
import { CHANNEL } from './search-attributes';

/** Moves to the next step of the ladder. */
export async function escalate(delivery: Delivery, result: AttemptResult, step: number): Promise<void> {
  delivery.position = { step, attemptInStep: 1 };
  delivery.escalatedBecause = reasonFor(result);
  const channel = channelOf(delivery);
  enter(delivery, 'escalating', { key: CHANNEL, value: channel });
  await recordProgress(delivery, result, {
    kind: 'escalated',
    detail: { step, channel, reason: delivery.escalatedBecause },
  });
}
