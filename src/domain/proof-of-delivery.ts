import { type DeliveryState } from './delivery-state';

/**
 * The attempt that proves that a message arrived: the first that was read, otherwise the first that was delivered.
 * Depends on what is known of the attempts alone, and not on which of them was heard of first.
 * @param attempts by their numbers, from 1.
 */
export function proofOfDelivery<Attempt extends { readonly state: DeliveryState }>(
  attempts: readonly Attempt[],
): { readonly attempt: Attempt; readonly status: 'delivered' | 'read' } | undefined {
  const read = attempts.find(({ state }) => state.status === 'read');
  if (read !== undefined) {
    return { attempt: read, status: 'read' };
  }
  const delivered = attempts.find(({ state }) => state.status === 'delivered');
  return delivered === undefined ? undefined : { attempt: delivered, status: 'delivered' };
}
