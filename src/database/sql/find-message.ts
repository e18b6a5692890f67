import { type Knex } from 'knex';
import { type Outcome } from '../../domain/outcome';
import { type ChildMessage, type MessageRecord } from '../message-store';
import { query, withoutNulls } from '../rows';
import { type TimelineEntry } from '../timeline';
import {
  type AttemptJson,
  attemptRecord,
  type ParticipantJson,
  type ReceiptJson,
  storedReceipt,
} from './attempt-record';
import { CALL_EVENTS_COLUMN, callEntry, type CallEventJson } from './call-entries';
import { CORRECTIONS_COLUMN, correctionEntry, type CorrectionJson, outcomeCorrection } from './correction-row';
import { mergedTimeline } from './merged-timeline';
import { redriveEntry, redriveOf, type RedriveJson, REDRIVES_COLUMN } from './redrive-row';
import { SUMMARY_COLUMNS, type SummaryRow } from './message-summary';
import { TASK_ENTRIES_COLUMN, taskEntry, type TaskEntryJson } from './task-entries';
import { webhookEntry, WEBHOOKS_COLUMN, type WebhooksJson } from './webhook-entries';

interface Row extends SummaryRow {
  readonly attempts: readonly AttemptJson[];
  readonly receipts: readonly ReceiptJson[];
  readonly corrections: readonly CorrectionJson[];
  readonly redrives: readonly RedriveJson[];
  readonly webhooks: readonly WebhooksJson[];
  readonly taskEntries: readonly TaskEntryJson[];
  readonly callEvents: readonly CallEventJson[];
  readonly participants: readonly ParticipantJson[];
  readonly children: readonly (Omit<ChildMessage, 'outcome'> & { readonly outcome: Outcome | null })[];
  readonly timeline: readonly (Omit<TimelineEntry, 'attempt'> & { readonly attempt: number | null })[];
}

/** One round trip and one snapshot: an outcome is never shown beside an attempt that seems to be open. */
const SQL = `
  select ${SUMMARY_COLUMNS}, ${CORRECTIONS_COLUMN}, ${REDRIVES_COLUMN}, ${WEBHOOKS_COLUMN}, ${TASK_ENTRIES_COLUMN}, ${CALL_EVENTS_COLUMN},
    (select coalesce(jsonb_agg(to_jsonb(attempts) order by attempts.number), '[]')
      from attempts where attempts.message_id = messages.message_id) as "attempts",
    (select coalesce(jsonb_agg(to_jsonb(delivery_events) order by delivery_events.at, delivery_events.received_at, delivery_events.event_id), '[]')
      from attempts join delivery_events on delivery_events.message_sid = attempts.message_sid
      where attempts.message_id = messages.message_id) as "receipts",
    (select coalesce(jsonb_agg(to_jsonb(timeline)), '[]')
      from timeline where timeline.message_id = messages.message_id) as "timeline",
    (select coalesce(jsonb_agg(to_jsonb(attempt_participants) order by attempt_participants.participant_sid), '[]')
      from attempt_participants where attempt_participants.message_id = messages.message_id) as "participants",
    (select coalesce(jsonb_agg(jsonb_build_object('messageId', child.message_id, 'attempt', child.child_of -> 'attempt',
        'participantSid', child.child_of -> 'participantSid', 'status', child.status, 'outcome', child.outcome)
        order by child.created_at, child.message_id), '[]')
      from messages child where child.parent_id = messages.message_id) as "children"
  from messages
  where messages.tenant = :tenant and messages.message_id = :messageId`;

/** `MessageStore.find`. */
export async function findMessage(knex: Knex, tenant: string, messageId: string): Promise<MessageRecord | undefined> {
  const [row] = await query<Row>(knex, SQL, { tenant, messageId });
  if (row === undefined) {
    return undefined;
  }
  const { attempts, callEvents, receipts, participants, children, taskEntries, timeline, webhooks, ...rest } = row;
  const { corrections: corrected, redrives: redriven, ...summary } = rest;
  const corrections = corrected.map(outcomeCorrection);
  const redrives = redriven.map(redriveOf);
  const attemptRecords = attempts.map((attempt) =>
    attemptRecord(
      attempt,
      receipts.filter((receipt) => receipt.message_sid === attempt.message_sid).map(storedReceipt),
      participants.filter(({ number }) => number === attempt.number),
    ),
  );
  return {
    ...withoutNulls(summary),
    attempts: attemptRecords,
    children: children.map(withoutNulls),
    corrections,
    redrives,
    timeline: mergedTimeline(timeline, attemptRecords, [
      ...corrections.map(correctionEntry),
      ...redrives.map(redriveEntry),
      ...webhooks.map(webhookEntry),
      ...taskEntries.map(taskEntry),
      ...callEvents.map(callEntry),
    ]),
  };
}
