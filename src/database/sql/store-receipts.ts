import { type Knex } from 'knex';
import { type DeliveryEvent } from '../../domain/delivery-event';
import { decides } from '../../domain/delivery-state';
import { deliveryEventId } from '../delivery-event-id';
import { type IncomingReceipt, type StoredEvent } from '../inbox-store';
import { query } from '../rows';
import { addressedBy, MATCH_COLUMNS, matchOf, type MatchRow } from './matched-attempt';

/**
 * How long a deciding event without an attempt waits, unless it is told to wait for less. Nobody who stored it can signal it, and mostly
 * a send is about to take it along; when the two miss each other by a hair, the relay sees the attempt a moment later.
 */
const UNMATCHED_GRACE_MS = 500;

type Row = { readonly eventId: string; readonly isNew: boolean; readonly at: string } & (
  MatchRow | { readonly messageId: null }
);

/**
 * A repetition changes nothing and is answered with the time that was told first.
 * Rows go in by the order of their keys, so that two runs with the same receipts never wait for each other.
 * What is looked up is looked up row by row (a subquery, a lateral join): Postgres keeps the plan, and for a handful of rows
 * a plan that was made when the tables were small would read them whole.
 */
const SQL = `
  with input as (
    select receipt.* from jsonb_to_recordset(cast(:receipts as jsonb)) as receipt (event_id text, delivery_receipt_sid text,
      status text, error_code integer, message_sid text, conversation_sid text, participant_sid text,
      channel_message_sid text, source text, unknown_fields jsonb, at timestamptz(3), decides boolean)
  ), inserted as (
    insert into delivery_events (event_id, delivery_receipt_sid, status, error_code, message_sid, conversation_sid,
      participant_sid, channel_message_sid, source, unknown_fields, at, signal_due_at)
    select input.event_id, input.delivery_receipt_sid, input.status, input.error_code, input.message_sid, input.conversation_sid,
      input.participant_sid, input.channel_message_sid, input.source, input.unknown_fields, input.at,
      case when input.decides then now() + make_interval(secs => case
        when exists (select from attempts where attempts.message_sid = input.message_sid) then cast(:signalAfterSeconds as double precision)
        else cast(:unmatchedAfterSeconds as double precision)
      end) end
    from input
    order by input.event_id
    on conflict (event_id) do nothing
    returning delivery_events.event_id
  )
  select input.event_id as "eventId", inserted.event_id is not null as "isNew",
    case when inserted.event_id is null
      then coalesce((select known.at from delivery_events known where known.event_id = input.event_id), input.at)
      else input.at
    end as "at", match.*
  from input
  left join inserted on inserted.event_id = input.event_id
  left join lateral (
    select ${MATCH_COLUMNS}
    from attempts join messages on messages.message_id = attempts.message_id${addressedBy('input.participant_sid')}
    where attempts.message_sid = input.message_sid
    limit 1
  ) match on true`;

/**
 * `InboxStore.store` for several receipts in one statement.
 * @param signalGraceMs how long a deciding event waits for whoever stored it to signal it before the relay does.
 */
export async function storeReceipts(
  knex: Knex,
  receipts: readonly IncomingReceipt[],
  signalGraceMs: number,
): Promise<StoredEvent[]> {
  // Of the same event told twice at once, the first counts as new; the statement may see it only once.
  const firstIndexById = new Map(
    receipts.map((receipt, index) => [deliveryEventId(receipt), index] as const).reverse(),
  );
  const input = receipts.filter((receipt, index) => firstIndexById.get(deliveryEventId(receipt)) === index);
  const rows = await query<Row>(knex, SQL, {
    receipts: JSON.stringify(input.map(toInput)),
    signalAfterSeconds: signalGraceMs / 1000,
    unmatchedAfterSeconds: Math.min(signalGraceMs, UNMATCHED_GRACE_MS) / 1000,
  });
  const rowById = new Map(rows.map((row) => [row.eventId, row]));
  return receipts.map((receipt, index) => {
    const eventId = deliveryEventId(receipt);
    const row = rowById.get(eventId);
    if (row === undefined) {
      throw new Error(`the statement gave no row for the receipt ${eventId}`);
    }
    return toStoredEvent(receipt, row, row.isNew && firstIndexById.get(eventId) === index);
  });
}

function toInput(receipt: IncomingReceipt): Readonly<Record<string, unknown>> {
  return {
    event_id: deliveryEventId(receipt),
    delivery_receipt_sid: receipt.deliveryReceiptSid,
    status: receipt.status,
    error_code: receipt.errorCode,
    message_sid: receipt.messageSid,
    conversation_sid: receipt.conversationSid,
    participant_sid: receipt.participantSid,
    channel_message_sid: receipt.channelMessageSid,
    source: receipt.source,
    unknown_fields: receipt.unknownFields,
    at: receipt.at,
    decides: decides(receipt.status),
  };
}

function toStoredEvent(
  { messageSid, participantSid, status, errorCode }: IncomingReceipt,
  row: Row,
  isNew: boolean,
): StoredEvent {
  const event: DeliveryEvent = {
    eventId: row.eventId,
    messageSid,
    ...(participantSid !== undefined && { participantSid }),
    status,
    ...(errorCode !== undefined && { errorCode }),
    at: row.at,
  };
  return { event, isNew, ...(row.messageId !== null && { match: matchOf(row) }) };
}
