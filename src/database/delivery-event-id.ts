import { type IncomingReceipt } from './inbox-store';

/**
 * The id of an event: the parts that tell events apart, so that the same event has the same id wherever it is told.
 * Source of the parts: Twilio repeats and reorders receipts, and keeps only the latest status of each, so receipt, status and error code
 * together are an event. The status is escaped: `:` separates.
 */
export function deliveryEventId(receipt: Pick<IncomingReceipt, 'deliveryReceiptSid' | 'status' | 'errorCode'>): string {
  const { deliveryReceiptSid, status, errorCode } = receipt;
  return [deliveryReceiptSid, encodeURIComponent(status), ...(errorCode === undefined ? [] : [errorCode])].join(':');
}
