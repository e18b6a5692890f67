import { type AttemptResult } from '../src/domain/attempt-result';
import { type Delivery, proofFor } from './delivery';

/**
 * What was heard that makes every further step pointless: proof that an attempt arrived, or a cancellation.
 * Proof of delivery comes first: a message that arrived cannot be canceled any more.
 */
export function interruption(
  delivery: Delivery,
): Extract<AttemptResult, { kind: 'delivered' | 'canceled' }> | undefined {
  const proof = proofFor(delivery);
  if (proof !== undefined) {
    return { kind: 'delivered', status: proof.status };
  }
  return delivery.cancellation === undefined ? undefined : { kind: 'canceled' };
}

export function isInterrupted(delivery: Delivery): boolean {
  return interruption(delivery) !== undefined;
}
