import { type DeliveryReceipt, type ReceiptStatus } from '../entities/delivery-receipt';

/** Statuses that a receipt has gone through when it has the status. */
const PASSED: Readonly<Record<ReceiptStatus, readonly ReceiptStatus[]>> = {
  sent: ['sent'],
  delivered: ['sent', 'delivered'],
  read: ['sent', 'delivered', 'read'],
  failed: ['failed'],
  undelivered: ['sent', 'undelivered'],
};

/** The sum of a message's receipts: how many there are, and for each status `none`, `some` or `all`. Null without receipts. */
export function formatDelivery(receipts: readonly DeliveryReceipt[]): Record<string, string | number> | null {
  if (receipts.length === 0) {
    return null;
  }
  const share = (status: ReceiptStatus): string => {
    const count = receipts.filter(
      (receipt) => receipt.status !== null && PASSED[receipt.status].includes(status),
    ).length;
    return count === 0 ? 'none' : count === receipts.length ? 'all' : 'some';
  };
  return {
    total: receipts.length,
    sent: share('sent'),
    delivered: share('delivered'),
    read: share('read'),
    failed: share('failed'),
    undelivered: share('undelivered'),
  };
}
