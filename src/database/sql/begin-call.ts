import { randomUUID } from 'node:crypto';
import { type Knex } from 'knex';
import { countryOf } from '../../domain/address';
import { type CallSid, type ConversationSid, type ParticipantSid } from '../../domain/sid';
import { type CallGrant, type NewCall } from '../call-store';
import { type NewMessage } from '../message-store';
import { query, queryOne } from '../rows';
import { heldBack, type HeldBackBy } from './begin-attempt';
import { HELD_BACK_BY } from './held-back-by';
import { messageBindings } from './message-bindings';
import { NOTED_ATTEMPT, touchedMessage } from './touched-message';

interface Row {
  readonly isClosed: boolean;
  readonly sender: string;
  readonly callSid: CallSid | null;
  readonly heldBackBy: HeldBackBy | null;
  readonly conversationSid: ConversationSid | null;
  readonly participantSid: ParticipantSid | null;
  readonly isLineTaken: boolean;
  readonly openCreate: string | null;
  readonly openCreateAgeMs: number;
}

/** The sender that the attempt was begun with, else the one that is given: by the time of a repetition its pool may have others. */
const KEPT_SENDER = `coalesce(
    (select attempts.sender from attempts where attempts.message_id = :messageId and attempts.number = :number), cast(:sender as text))`;

/** Until the transaction ends nobody else begins a call between the two numbers: the next statement sees what others have begun. */
const LOCKED = `select pg_advisory_xact_lock(hashtextextended(${KEPT_SENDER} || ' calls ' || cast(:recipient as text), 0))`;

/**
 * A create of another attempt is in the way for two minutes: until then its call may be under way without a SID, afterwards it is listed,
 * or a callback has told whose it is. The rules for the attempt's own creates, and for what holds it back, are those of `beginAttempt`.
 */
const SQL = `
  with input as (
    select cast(:messageId as text) as message_id, cast(:number as integer) as number, cast(:step as integer) as step,
      cast(:channel as text) as channel, ${KEPT_SENDER} as sender, cast(:recipient as text) as recipient,
      cast(:country as text) as country, cast(:category as text) as category, cast(:answers as text) as answers,
      cast(:createId as text) as create_id
  ), covering as (
    select covering.statement from input cross join lateral (${HELD_BACK_BY}) covering
  ), line as (
    select exists (
      select from attempts join input on attempts.recipient = input.recipient and attempts.sender = input.sender
      where attempts.channel = 'voice' and attempts.open_create is not null and attempts.call_sid is null
        and attempts.open_create_at > now() - interval '2 minutes'
        and (attempts.message_id, attempts.number) <> (input.message_id, input.number)
    ) as is_taken
  ), known as (
    select attempts.conversation_sid, attempts.participant_sid
    from attempts join input on input.message_id = attempts.message_id and input.recipient = attempts.recipient
    where attempts.conversation_sid is not null
    order by attempts.number desc
    limit 1
  ), begun as (
    insert into attempts (message_id, number, step, channel, sender, recipient, country, held_back_by, conversation_sid, participant_sid,
      creates_begun, open_create, open_create_at)
    select input.message_id, input.number, input.step, input.channel, input.sender, input.recipient, input.country, covering.statement,
      known.conversation_sid, known.participant_sid,
      case when go.ahead then 1 else 0 end, case when go.ahead then input.create_id end, case when go.ahead then clock_timestamp() end
    from input
    cross join line
    left join known on true
    left join covering on true
    cross join lateral (select covering.statement is null and not line.is_taken as ahead) go
    on conflict (message_id, number) do update set (held_back_by, creates_begun, open_create, open_create_at) = (
      select case when attempts.creates_begun = 0 then coalesce(attempts.held_back_by, excluded.held_back_by) end,
        attempts.creates_begun + case when go.ahead then 1 else 0 end,
        case when go.ahead then :createId when free.is_free then null else attempts.open_create end,
        case when go.ahead then clock_timestamp() when free.is_free then null else attempts.open_create_at end
      from (select attempts.call_sid is null and (attempts.open_create is null or attempts.open_create = :provedAbsent) as is_free) free
      cross join lateral (select free.is_free and attempts.held_back_by is null and excluded.open_create is not null as ahead) go
    )
    returning attempts.message_id, attempts.number, attempts.call_sid, attempts.held_back_by, attempts.sender,
      attempts.conversation_sid, attempts.participant_sid, attempts.open_create, attempts.open_create_at
  ), ${touchedMessage('call_sid')}, ${NOTED_ATTEMPT}
  select touched.is_closed as "isClosed",
    begun.sender as "sender",
    begun.call_sid as "callSid",
    case when begun.call_sid is null then coalesce(begun.held_back_by, covering.statement) end as "heldBackBy",
    begun.conversation_sid as "conversationSid",
    begun.participant_sid as "participantSid",
    line.is_taken as "isLineTaken",
    begun.open_create as "openCreate",
    cast(extract(epoch from clock_timestamp() - begun.open_create_at) * 1000 as double precision) as "openCreateAgeMs"
  from begun
  cross join touched
  cross join line
  left join covering on true`;

/** `CallStore.begin`, inside a transaction. */
export async function beginCall(
  transaction: Knex.Transaction,
  message: NewMessage,
  call: NewCall,
  provedAbsent: string | undefined,
): Promise<CallGrant> {
  const { channel, number, recipient, sender, step } = call;
  const { category, answers = null } = message.request;
  const createId = randomUUID();
  await query(transaction, LOCKED, { messageId: message.messageId, number, sender, recipient });
  const row = await queryOne<Row>(transaction, SQL, {
    ...messageBindings(message),
    ...{ number, step, channel, sender, recipient, category, answers, createId },
    country: countryOf(recipient) ?? null,
    provedAbsent: provedAbsent ?? null,
  });
  const { callSid, conversationSid, heldBackBy, isClosed, isLineTaken, participantSid } = row;
  return {
    sender: row.sender,
    ...(isClosed && { isClosed }),
    ...(conversationSid !== null && { conversationSid }),
    ...(participantSid !== null && { participantSid }),
    ...(callSid === null ? createOf(row, createId) : { callSid }),
    ...(heldBackBy === null ? isLineTaken && { isLineTaken } : heldBack(heldBackBy, recipient)),
  };
}

function createOf({ openCreate, openCreateAgeMs }: Row, createId: string): Pick<CallGrant, 'createId' | 'openCreate'> {
  if (openCreate === null) {
    return {};
  }
  return openCreate === createId ? { createId } : { openCreate: { createId: openCreate, ageMs: openCreateAgeMs } };
}
