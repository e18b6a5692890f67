import { type Knex } from 'knex';
import { type MessageRecord } from '../message-store';
import { query, withoutNulls } from '../rows';
import { type TimelineEntry } from '../timeline';
import { type AttemptJson, attemptRecord, type ReceiptJson, storedReceipt } from './attempt-record';
import { CORRECTIONS_COLUMN, type CorrectionJson, outcomeCorrection } from './correction-row';
import { mergedTimeline } from './merged-timeline';
import { SUMMARY_COLUMNS, type SummaryRow } from './message-summary';
import { webhookEntry, WEBHOOKS_COLUMN, type WebhooksJson } from './webhook-entries';

interface Row extends SummaryRow {
  readonly attempts: readonly AttemptJson[];
  readonly receipts: readonly ReceiptJson[];
  readonly corrections: readonly CorrectionJson[];
  readonly webhooks: readonly WebhooksJson[];
  readonly timeline: readonly (Omit<TimelineEntry, 'attempt'> & { readonly attempt: number | null })[];
}

/** One round trip and one snapshot: an outcome is never shown beside an attempt that seems to be open. */
const SQL = `
  select ${SUMMARY_COLUMNS}, ${CORRECTIONS_COLUMN}, ${WEBHOOKS_COLUMN},
    (select coalesce(jsonb_agg(to_jsonb(attempts) order by attempts.number), '[]')
      from attempts where attempts.message_id = messages.message_id) as "attempts",
    (select coalesce(jsonb_agg(to_jsonb(delivery_events) order by delivery_events.at, delivery_events.received_at, delivery_events.event_id), '[]')
      from attempts join delivery_events on delivery_events.message_sid = attempts.message_sid
      where attempts.message_id = messages.message_id) as "receipts",
    (select coalesce(jsonb_agg(to_jsonb(timeline)), '[]')
      from timeline where timeline.message_id = messages.message_id) as "timeline"
  from messages
  where messages.tenant = :tenant and messages.message_id = :messageId`;

/** `MessageStore.find`. */
export async function findMessage(knex: Knex, tenant: string, messageId: string): Promise<MessageRecord | undefined> {
  const [row] = await query<Row>(knex, SQL, { tenant, messageId });
  if (row === undefined) {
    return undefined;
  }
  const { attempts, receipts, timeline, corrections: corrected, webhooks, ...summary } = row;
  const corrections = corrected.map(outcomeCorrection);
  const attemptRecords = attempts.map((attempt) =>
    attemptRecord(
      attempt,
      receipts.filter((receipt) => receipt.message_sid === attempt.message_sid).map(storedReceipt),
    ),
  );
  return {
    ...withoutNulls(summary),
    attempts: attemptRecords,
    corrections,
    timeline: mergedTimeline(timeline, attemptRecords, corrections, webhooks.map(webhookEntry)),
  };
}
