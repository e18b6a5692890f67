import { type StoredReceipt } from '../inbox-store';
import { type AttemptRecord } from '../message-store';
import { isoTime } from '../rows';
import { TIMELINE_KINDS, type TimelineEntry } from '../timeline';

/**
 * What we did and what was told of it, by our own clock: receipts stand where they arrived, as that is when posthorn could act on them.
 * When Twilio says that it happened is in the detail. What one statement noted has one time: the usual order decides.
 * @param others what other tables tell of.
 */
export function mergedTimeline(
  entries: readonly (Omit<TimelineEntry, 'attempt'> & { readonly attempt: number | null })[],
  attempts: readonly AttemptRecord[],
  others: readonly TimelineEntry[],
): TimelineEntry[] {
  const own = entries.map(({ at, kind, attempt, detail }) => ({
    at: isoTime(at),
    kind,
    ...(attempt !== null && { attempt }),
    detail,
  }));
  const told = attempts.flatMap(({ number, receipts }) => receipts.map((receipt) => receiptEntry(number, receipt)));
  return [...own, ...told, ...others].sort(byTimeThenKind);
}

function receiptEntry(attempt: number, receipt: StoredReceipt): TimelineEntry {
  const { deliveryReceiptSid, participantSid, status, errorCode, source, at, receivedAt } = receipt;
  const detail = {
    status,
    ...(errorCode !== undefined && { errorCode }),
    deliveryReceiptSid,
    ...(participantSid !== undefined && { participantSid }),
    source,
    toldAt: at,
  };
  return { at: receivedAt, kind: 'receipt', attempt, detail };
}

function byTimeThenKind(a: TimelineEntry, b: TimelineEntry): number {
  return a.at === b.at ? TIMELINE_KINDS.indexOf(a.kind) - TIMELINE_KINDS.indexOf(b.kind) : a.at < b.at ? -1 : 1;
}
