import { type Knex } from 'knex';
import { type DeliveryEvent } from '../../domain/delivery-event';
import { decides } from '../../domain/delivery-state';
import { deliveryEventId } from '../delivery-event-id';
import { type IncomingReceipt, type InboxEvent } from '../inbox-store';
import { queryOne } from '../rows';
import { MATCH_COLUMNS, matchOf, type MatchRow } from './matched-attempt';

type Row = { readonly isNew: boolean; readonly at: string } & (MatchRow | { readonly messageId: null });

/** A repetition changes nothing and is answered with the time that was told first. */
const SQL = `
  with input as (
    select cast(:eventId as text) as event_id, cast(:messageSid as text) as message_sid, cast(:at as timestamptz(3)) as at
  ), inserted as (
    insert into delivery_events (event_id, delivery_receipt_sid, status, error_code, message_sid, conversation_sid,
      participant_sid, channel_message_sid, source, unknown_fields, at, signal_due_at)
    select input.event_id, :deliveryReceiptSid, :status, cast(:errorCode as integer), input.message_sid, :conversationSid,
      cast(:participantSid as text), cast(:channelMessageSid as text), :source, cast(:unknownFields as jsonb), input.at,
      now() + make_interval(secs => cast(:signalAfterSeconds as double precision))
    from input
    on conflict (event_id) do nothing
    returning delivery_events.event_id
  )
  select inserted.event_id is not null as "isNew", coalesce(known.at, input.at) as "at", ${MATCH_COLUMNS}
  from input
  left join inserted on true
  left join delivery_events known on known.event_id = input.event_id
  left join attempts on attempts.message_sid = input.message_sid
  left join messages on messages.message_id = attempts.message_id`;

/** `InboxStore.store`. `signalGraceMs` is how long a deciding event waits for whoever stored it to signal it before the relay does. */
export async function storeReceipt(
  knex: Knex,
  receipt: IncomingReceipt,
  signalGraceMs: number,
): Promise<InboxEvent & { readonly isNew: boolean }> {
  const eventId = deliveryEventId(receipt);
  const row = await queryOne<Row>(knex, SQL, bindings(receipt, eventId, signalGraceMs));
  const { messageSid, participantSid, status, errorCode } = receipt;
  const event: DeliveryEvent = {
    eventId,
    messageSid,
    ...(participantSid !== undefined && { participantSid }),
    status,
    ...(errorCode !== undefined && { errorCode }),
    at: row.at,
  };
  return { event, isNew: row.isNew, ...(row.messageId !== null && { match: matchOf(row) }) };
}

function bindings(receipt: IncomingReceipt, eventId: string, signalGraceMs: number): Parameters<typeof queryOne>[2] {
  const { unknownFields, participantSid, channelMessageSid, errorCode, ...told } = receipt;
  return {
    ...told,
    eventId,
    participantSid: participantSid ?? null,
    channelMessageSid: channelMessageSid ?? null,
    errorCode: errorCode ?? null,
    unknownFields: JSON.stringify(unknownFields),
    signalAfterSeconds: decides(receipt.status) ? signalGraceMs / 1000 : null,
  };
}
