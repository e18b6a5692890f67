import { receiptName } from '../log-facts';
import { type Violation } from '../violation';
import { type Case } from './case';

/** Every receipt whose webhook was answered 2xx is in the database. */
export function checkStoredReceipts({ evidence, log }: Case): Violation[] {
  const stored = new Set(evidence.receipts.map(receiptName));
  const keys = new Map(log.creates.map(({ key, messageSid }) => [messageSid, key]));
  return log.told
    .filter((told) => !stored.has(receiptName(told)))
    .map(({ conversationSid, deliveryReceiptSid, errorCode, messageSid = '', participantSid, status }) => {
      const key = keys.get(messageSid);
      return {
        kind: 'receipt_not_stored',
        ...(key === undefined ? {} : { messageId: key.messageId, attempt: key.attempt }),
        messageSid,
        conversationSid,
        ...(participantSid === undefined ? {} : { participantSid }),
        deliveryReceiptSid,
        expected: `a row of delivery_events: ${status}${errorCode === undefined ? '' : `, error ${errorCode}`}`,
        found: 'none, though the webhook was answered 2xx',
      };
    });
}
