import { condition } from '@temporalio/workflow';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type Delivery } from './delivery';
import { readLedgerNews } from './read-ledger-news';

/** Milliseconds until the message is worth nothing any more, 0 when it is so already; undefined when it always is worth something. */
export function untilExpiryMs({ input }: Delivery): number | undefined {
  const { expiresAt } = input.request;
  return expiresAt === undefined ? undefined : Math.max(0, Date.parse(expiresAt) - Date.now());
}

/** Whether the time of the message is over. */
export function isExpired(delivery: Delivery): boolean {
  return delivery.isOverdue === true || untilExpiryMs(delivery) === 0;
}

/** What becomes of a message whose time was over before its next step. */
export function expiry(delivery: Delivery): Extract<AttemptResult, { kind: 'expired' }> | undefined {
  const after = delivery.escalatedBecause === undefined ? '' : `; before that: ${delivery.escalatedBecause}`;
  return isExpired(delivery)
    ? { kind: 'expired', reason: `its time was over before the next step${after}` }
    : undefined;
}

/**
 * Waits for something, for `limitMs` milliseconds at most and never beyond the time of the message. The ledger is read meanwhile
 * whenever it has something new about the recipient.
 * @returns whether it happened.
 */
export async function waitInTime(
  delivery: Delivery,
  hasHappened: () => boolean,
  limitMs: number,
  options: { readonly summary: string },
): Promise<boolean> {
  const endsAtMs = Date.now() + limitMs;
  for (;;) {
    if ((await readLedgerNews(delivery)) && hasHappened()) {
      return true;
    }
    const waitMs = endsAtMs - Date.now();
    const leftMs = untilExpiryMs(delivery) ?? Infinity;
    const isAwake = (): boolean => hasHappened() || delivery.hasLedgerNews === true;
    const isOver = !(await condition(isAwake, Math.max(1, Math.min(leftMs, waitMs)), options));
    if (isOver || hasHappened()) {
      if (isOver && leftMs <= waitMs) {
        delivery.isOverdue = true;
      }
      return !isOver;
    }
  }
}
