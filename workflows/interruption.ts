import { type AttemptResult } from '../src/domain/attempt-result';
import { type Delivery, deliveredAttempt, stateOf } from './delivery';

/**
 * What was heard that makes every further step pointless: proof that an attempt arrived, or a cancellation.
 * Proof of delivery comes first: a message that arrived cannot be canceled any more.
 */
export function interruption(
  delivery: Delivery,
): Extract<AttemptResult, { kind: 'delivered' | 'canceled' }> | undefined {
  const delivered = deliveredAttempt(delivery);
  if (delivered !== undefined) {
    return { kind: 'delivered', status: stateOf(delivery, delivered).status === 'read' ? 'read' : 'delivered' };
  }
  return delivery.cancellation === undefined ? undefined : { kind: 'canceled' };
}

export function isInterrupted(delivery: Delivery): boolean {
  return interruption(delivery) !== undefined;
}
