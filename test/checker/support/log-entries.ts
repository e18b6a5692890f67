import { type LogEntry, type LogRecipient } from '../../../src/simulator/logs/log-entry';
import { addressHash } from '../../../src/simulator/logs/address-hash';

/** When the log of these tests begins. */
export const BEGAN_MS = Date.parse('2026-01-02T03:00:00.000Z');

export const SENDER = '+12025550100';

/** A SID that a person can read; the number tells it from others of its kind. */
export function sidOf(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(32, '0')}`;
}

const at = (afterMs: number): string => new Date(BEGAN_MS + afterMs).toISOString();

export function recipientOf(number: number, to: string): LogRecipient {
  return {
    participantSid: sidOf('MB', number),
    deliveryReceiptSid: sidOf('DY', number),
    channel: 'sms',
    address: addressHash(to),
    proxyAddress: addressHash(SENDER),
  };
}

/** Twilio took a message for an attempt. Its SIDs have its number. */
export function accepted(
  number: number,
  key: { readonly messageId: string; readonly attempt: number } | undefined,
  recipients: readonly LogRecipient[],
  afterMs = 1_000,
): LogEntry {
  return {
    kind: 'message.accepted',
    sequence: number,
    at: at(afterMs),
    conversationSid: sidOf('CH', number),
    messageSid: sidOf('IM', number),
    requestedAt: at(afterMs),
    attributes: key === undefined ? '{}' : JSON.stringify({ posthorn: key }),
    recipients: [...recipients],
  };
}

/** The receipts of a recipient of message `number`, one for each status, as they were told and answered with 200. */
export function told(
  number: number,
  { deliveryReceiptSid, participantSid }: LogRecipient,
  ...statuses: readonly string[]
): LogEntry[] {
  const about = { conversationSid: sidOf('CH', number), messageSid: sidOf('IM', number), deliveryReceiptSid };
  return statuses.flatMap((status) => {
    const errorCode = status === 'undelivered' ? 30003 : null;
    const common = { ...about, participantSid, sequence: number, at: at(2_000), status };
    return [
      { kind: 'receipt.changed' as const, ...common, errorCode },
      {
        kind: 'webhook.answered' as const,
        ...common,
        eventType: 'onDeliveryUpdated',
        ...(errorCode === null ? {} : { errorCode }),
        copy: 1,
        httpStatus: 200,
      },
    ];
  });
}

/** Twilio took a call for an attempt; its SID has its number. */
export function called(
  number: number,
  key: { readonly messageId: string; readonly attempt: number } | undefined,
  to: string,
  afterMs = 1_000,
): LogEntry {
  const query = key === undefined ? null : `for=status&messageId=${key.messageId}&attempt=${key.attempt}&step=1`;
  return {
    kind: 'call.accepted',
    sequence: number,
    at: at(afterMs),
    callSid: sidOf('CA', number),
    conversationSid: sidOf('CH', number),
    address: addressHash(to),
    proxyAddress: addressHash(SENDER),
    callbackQuery: query,
    requestedAt: at(afterMs),
  };
}

/** Somebody or something took call `number`. */
export function taken(number: number): LogEntry {
  const about = { callSid: sidOf('CA', number), conversationSid: sidOf('CH', number) };
  return { kind: 'call.status_changed', sequence: number, at: at(1_500), ...about, status: 'in-progress' };
}
