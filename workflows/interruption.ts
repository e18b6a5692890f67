import { type AttemptResult } from '../src/domain/attempt-result';
import { type Delivery, proofFor } from './delivery';

const OPTED_OUT = {
  kind: 'opted_out',
  reason: 'the recipient opted out while the message waited, so nothing more is sent',
} as const;

/**
 * What was heard that makes every further step pointless: proof that an attempt arrived, a cancellation, or that the recipient
 * wants nothing more. Proof of delivery comes first: a message that arrived cannot be canceled any more.
 */
export function interruption(
  delivery: Delivery,
): Extract<AttemptResult, { kind: 'delivered' | 'canceled' | 'opted_out' }> | undefined {
  const proof = proofFor(delivery);
  if (proof !== undefined) {
    return { kind: 'delivered', status: proof.status };
  }
  if (delivery.cancellation !== undefined) {
    return { kind: 'canceled' };
  }
  return delivery.isOptedOut === true ? OPTED_OUT : undefined;
}

export function isInterrupted(delivery: Delivery): boolean {
  return interruption(delivery) !== undefined;
}
