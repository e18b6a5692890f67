import { type Knex } from 'knex';
import { type DeliveryEvent } from '../../domain/delivery-event';
import { AttemptConflictError } from '../attempt-conflict-error';
import { type CreatedMessage } from '../message-store';
import { query } from '../rows';
import { type WithCallbacks, type WrittenCallback } from '../written-callback';
import { WRITTEN_CALLBACKS } from './callers-told';
import { DELIVERY_EVENT_COLUMNS, deliveryEvent, type DeliveryEventRow } from './delivery-event-row';
import { SEND_TOLD, SENT_ATTEMPT } from './send-told';

/**
 * A receipt that is being stored at this very moment sees no attempt, and this statement does not see the receipt.
 * It stays due for a signal, and the relay, which looks for the attempt again, hands it on.
 */
const SQL = `
  with input as (
    select cast(:messageId as text) as message_id, cast(:number as integer) as number, cast(:messageSid as text) as message_sid
  ), stored as (
    update attempts set conversation_sid = :conversationSid, participant_sid = :participantSid,
      message_sid = input.message_sid, sent_at = coalesce(attempts.sent_at, now())
    from input
    where attempts.message_id = input.message_id and attempts.number = input.number
      and attempts.held_back_by is null
      and (attempts.message_sid is null or attempts.message_sid = input.message_sid)
    returning ${SENT_ATTEMPT}
  ), moved as (
    update messages set status = 'awaiting_receipt'
    from stored
    where messages.message_id = stored.message_id and messages.status <> 'closed' and stored.ended_at is null
  ), noted as (
    insert into timeline (message_id, entry_key, kind, attempt, detail)
    select stored.message_id, 'handed_to_twilio:' || stored.number, 'handed_to_twilio', stored.number, cast(:detail as jsonb)
    from stored
    on conflict do nothing
  ), ${SEND_TOLD}
  select stored.message_id is not null as "isStored", ${WRITTEN_CALLBACKS}, ${DELIVERY_EVENT_COLUMNS}
  from input
  left join stored on true
  left join delivery_events on delivery_events.message_sid = input.message_sid
  order by delivery_events.at, delivery_events.event_id`;

type Row = { readonly isStored: boolean; readonly callbacks: readonly WrittenCallback[] } & (
  DeliveryEventRow | { readonly eventId: null }
);

/** `MessageStore.recordCreated`. */
export async function recordCreated(
  knex: Knex,
  messageId: string,
  attemptNumber: number,
  created: CreatedMessage,
): Promise<WithCallbacks<DeliveryEvent[]>> {
  const { conversationSid, participantSid, messageSid } = created;
  const detail = JSON.stringify({ conversationSid, participantSid, messageSid });
  const identifiers = { conversationSid, participantSid: participantSid ?? null, messageSid };
  const bindings = { messageId, number: attemptNumber, ...identifiers, detail };
  const rows = await query<Row>(knex, SQL, bindings);
  if (rows.some(({ isStored }) => !isStored)) {
    throw new AttemptConflictError(messageId, attemptNumber);
  }
  const events = rows.flatMap((row) => (row.eventId === null ? [] : [deliveryEvent(row)]));
  return { result: events, callbacks: rows[0]?.callbacks ?? [] };
}
