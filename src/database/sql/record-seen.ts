import { type Knex } from 'knex';
import { LATE_READS_AFTER_MS } from '../../domain/late-reads';
import { type SeenMessage } from '../message-store';
import { queryOne } from '../rows';
import { type WithCallbacks, type WrittenCallback } from '../written-callback';
import { WRITTEN_CALLBACKS } from './callers-told';
import { SEND_TOLD, SENT_ATTEMPT } from './send-told';

/**
 * The attempt's conversation has to be the message's: a key that somebody put into another conversation counts for nothing.
 * Of two messages with one key, which nothing of ours makes, the first stays.
 * Of a message that has ended, its receipts are read later, as if the SID had been known at the end.
 * What is not due stays so, without asking: the plan of the prepared statement would read all that is due.
 */
const SQL = `
  with input as (
    select distinct on (seen.message_id, seen.attempt) seen.message_id, seen.attempt, seen.conversation_sid, seen.message_sid
    from jsonb_to_recordset(cast(:seen as jsonb))
      as seen(message_id text, attempt integer, conversation_sid text, message_sid text)
    order by seen.message_id, seen.attempt, seen.message_sid
  ), stored as (
    update attempts set message_sid = input.message_sid, sent_at = now()
    from input
    where attempts.message_id = input.message_id and attempts.number = input.attempt
      and attempts.conversation_sid = input.conversation_sid
      and attempts.message_sid is null and attempts.creates_begun > 0
    returning ${SENT_ATTEMPT}
  ), moved as (
    update messages set status = 'awaiting_receipt'
    from stored
    where messages.message_id = stored.message_id and messages.status = 'sending' and stored.ended_at is null
  ), noted as (
    insert into timeline (message_id, entry_key, kind, attempt, detail)
    select stored.message_id, 'handed_to_twilio:' || stored.number, 'handed_to_twilio', stored.number,
      jsonb_strip_nulls(jsonb_build_object('conversationSid', stored.conversation_sid, 'participantSid', stored.participant_sid,
        'messageSid', stored.message_sid))
    from stored
    on conflict do nothing
  ), told as (
    update delivery_events set signal_due_at = case when delivery_events.signal_due_at is not null then least(delivery_events.signal_due_at, now()) end
    from stored
    where delivery_events.message_sid = stored.message_sid
  ), ended as (
    update messages set late_read_due_at = now() + make_interval(secs => cast(:firstLateReadSeconds as double precision))
    from stored
    where messages.message_id = stored.message_id and messages.status = 'closed'
    returning messages.message_id
  ), ${SEND_TOLD}
  select (select coalesce(jsonb_agg(ended.message_id), '[]') from ended) as "endedMessageIds", ${WRITTEN_CALLBACKS}`;

interface Row {
  readonly endedMessageIds: readonly string[];
  readonly callbacks: readonly WrittenCallback[];
}

/** `MessageStore.recordSeen`. */
export async function recordSeen(knex: Knex, seen: readonly SeenMessage[]): Promise<WithCallbacks<string[]>> {
  if (seen.length === 0) {
    return { result: [], callbacks: [] };
  }
  const { callbacks, endedMessageIds } = await queryOne<Row>(knex, SQL, {
    seen: JSON.stringify(seen.map(toInput)),
    firstLateReadSeconds: LATE_READS_AFTER_MS[0] / 1000,
  });
  return { result: [...endedMessageIds], callbacks };
}

function toInput({ messageId, attempt, conversationSid, messageSid }: SeenMessage): Readonly<Record<string, unknown>> {
  return { message_id: messageId, attempt, conversation_sid: conversationSid, message_sid: messageSid };
}
