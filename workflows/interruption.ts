import { type AttemptResult } from '../src/domain/attempt-result';
import { callThat, type Delivery, proofFor } from './delivery';

const OPTED_OUT = {
  kind: 'opted_out',
  reason: 'the recipient opted out while the message waited, so nothing more is sent',
} as const;

const NO_MORE_CALLS = {
  kind: 'opted_out',
  reason: 'whoever took the call wants no more calls, so nothing more is sent',
} as const;

/**
 * What was heard that makes every further step pointless: proof that an attempt arrived, a key or a conversation that acknowledges it, a cancellation,
 * or that the recipient wants nothing more. Proof of delivery comes first: a message that arrived cannot be canceled any more.
 */
export function interruption(
  delivery: Delivery,
): Extract<AttemptResult, { kind: 'acknowledged' | 'delivered' | 'canceled' | 'opted_out' }> | undefined {
  const proof = proofFor(delivery);
  if (proof !== undefined) {
    return { kind: 'delivered', status: proof.status, ...(proof.attempt.call !== undefined && { by: 'call' }) };
  }
  if (callThat(delivery, 'acknowledged') !== undefined) {
    return { kind: 'acknowledged', by: 'keypress' };
  }
  if (callThat(delivery, 'put_through') !== undefined) {
    return { kind: 'acknowledged', by: 'connection' };
  }
  if (delivery.cancellation !== undefined) {
    return { kind: 'canceled' };
  }
  if (callThat(delivery, 'opted_out') !== undefined) {
    return NO_MORE_CALLS;
  }
  return delivery.isOptedOut === true ? OPTED_OUT : undefined;
}

export function isInterrupted(delivery: Delivery): boolean {
  return interruption(delivery) !== undefined;
}
