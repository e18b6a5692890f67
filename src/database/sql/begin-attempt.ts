import { randomUUID } from 'node:crypto';
import { type Knex } from 'knex';
import { countryOf } from '../../domain/address';
import { type ConversationSid, type MessageSid, type ParticipantSid } from '../../domain/sid';
import { type AttemptGrant, type CreatePlace, type NewAttempt, type NewMessage } from '../message-store';
import { type OptOutStatement } from '../opt-out-store';
import { type Suppression } from '../suppression-store';
import { isoTime, queryOne } from '../rows';
import { HELD_BACK_BY } from './held-back-by';
import { messageBindings } from './message-bindings';
import { NOTED_ATTEMPT, touchedMessage } from './touched-message';

interface Row {
  readonly isClosed: boolean;
  readonly startedAt: string;
  readonly sender: string;
  readonly lastInboundAt: string | null;
  readonly messageSid: MessageSid | null;
  readonly heldBackBy: HeldBackBy | null;
  readonly conversationSid: ConversationSid | null;
  readonly participantSid: ParticipantSid | null;
  readonly openCreate: string | null;
  readonly openCreateAgeMs: number;
}

/** An opt-out or a suppression. Without its address: that is the recipient's. */
export type HeldBackBy = Omit<OptOutStatement, 'address'> | { readonly suppressed: Omit<Suppression, 'address'> };

/**
 * Of a pool the sender that the attempt has already, else the first one that the recipient has a conversation with, else the one that was
 * asked for. Without a pool it is that one.
 */
const KEPT_SENDER = `case when cast(:pool as text[]) is null then cast(:sender as text) else coalesce(
        (select attempts.sender from attempts where attempts.message_id = :messageId and attempts.number = :number),
        (select conversations.sender from conversations
          where conversations.recipient = :recipient and conversations.channel = :channel
            and conversations.sender = any(cast(:pool as text[]))
          order by array_position(cast(:pool as text[]), conversations.sender) limit 1),
        cast(:sender as text)) end`;

/**
 * A create is begun, under an id of its own, only while no other one is open: `open_create` is empty, or it is the one that the
 * caller has proved to have left nothing. Two callers at once cannot both begin one, whatever they believe about each other.
 * It is dated when the row is locked (`clock_timestamp`), which is never before the caller asked.
 * The attempt keeps the conversation that it was told to post into, since the pair may have another one by the time of a repetition.
 * The attempt row remembers what held it back, an opt-out or a suppression (`held_back_by`), so a repetition gets the same answer, even after
 * the recipient said start again. A repetition of an attempt that was granted hears of an opt-out committed meanwhile.
 * Parts of one statement do not see each other's writes: what the answer needs comes from `returning`.
 */
const SQL = `
  with input as (
    select cast(:messageId as text) as message_id, cast(:number as integer) as number, cast(:step as integer) as step,
      cast(:channel as text) as channel, ${KEPT_SENDER} as sender, cast(:recipient as text) as recipient,
      cast(:country as text) as country,
      cast(:category as text) as category, cast(:answers as text) as answers,
      cast(:openedConversationSid as text) as opened_conversation_sid, cast(:openedParticipantSid as text) as opened_participant_sid,
      cast(:createId as text) as create_id
  ), covering as (
    select covering.statement from input cross join lateral (${HELD_BACK_BY}) covering
  ), remembered as (
    insert into conversations (channel, sender, recipient, conversation_sid, participant_sid)
    select input.channel, input.sender, input.recipient, input.opened_conversation_sid, input.opened_participant_sid
    from input
    where input.opened_conversation_sid is not null
    on conflict (recipient, sender, channel) do update set
      conversation_sid = excluded.conversation_sid, participant_sid = excluded.participant_sid, remembered_at = excluded.remembered_at
    where (conversations.conversation_sid, conversations.participant_sid) <> (excluded.conversation_sid, excluded.participant_sid)
  ), known as (
    select coalesce(input.opened_conversation_sid, conversations.conversation_sid) as conversation_sid,
      coalesce(input.opened_participant_sid, conversations.participant_sid) as participant_sid,
      conversations.last_inbound_at
    from input
    left join conversations on conversations.recipient = input.recipient
      and conversations.sender = input.sender
      and conversations.channel = input.channel
  ), begun as (
    insert into attempts (message_id, number, step, channel, sender, recipient, country, held_back_by, conversation_sid, participant_sid,
      creates_begun, open_create, open_create_at)
    select input.message_id, input.number, input.step, input.channel, input.sender, input.recipient, input.country, covering.statement,
      case when covering.statement is null then known.conversation_sid end,
      case when covering.statement is null then known.participant_sid end,
      case when go.ahead then 1 else 0 end, case when go.ahead then input.create_id end, case when go.ahead then clock_timestamp() end
    from input
    cross join known
    left join covering on true
    cross join lateral (select covering.statement is null and known.conversation_sid is not null as ahead) go
    on conflict (message_id, number) do update set (held_back_by, conversation_sid, participant_sid, creates_begun, open_create, open_create_at) = (
      select case when attempts.creates_begun = 0 then coalesce(attempts.held_back_by, excluded.held_back_by) end,
        place.conversation_sid, place.participant_sid,
        attempts.creates_begun + case when go.ahead then 1 else 0 end,
        case when go.ahead then :createId when free.is_free then null else attempts.open_create end,
        case when go.ahead then clock_timestamp() when free.is_free then null else attempts.open_create_at end
      from (select attempts.message_sid is null and (attempts.open_create is null or attempts.open_create = :provedAbsent) as is_free) free
      cross join lateral (select
        case when free.is_free then coalesce(:openedConversationSid, attempts.conversation_sid, excluded.conversation_sid)
          else attempts.conversation_sid end as conversation_sid,
        case when free.is_free then coalesce(:openedParticipantSid, attempts.participant_sid, excluded.participant_sid)
          else attempts.participant_sid end as participant_sid
      ) place
      cross join lateral (select free.is_free and attempts.held_back_by is null and excluded.held_back_by is null
        and place.conversation_sid is not null as ahead) go
    )
    returning attempts.message_id, attempts.number, attempts.sender, attempts.message_sid, attempts.held_back_by, attempts.started_at,
      attempts.conversation_sid, attempts.participant_sid, attempts.open_create, attempts.open_create_at
  ), ${touchedMessage('message_sid')}, ${NOTED_ATTEMPT}
  select touched.is_closed as "isClosed",
    begun.started_at as "startedAt",
    begun.sender as "sender",
    known.last_inbound_at as "lastInboundAt",
    begun.message_sid as "messageSid",
    case when begun.message_sid is null then coalesce(begun.held_back_by, covering.statement) end as "heldBackBy",
    begun.conversation_sid as "conversationSid",
    begun.participant_sid as "participantSid",
    begun.open_create as "openCreate",
    cast(extract(epoch from clock_timestamp() - begun.open_create_at) * 1000 as double precision) as "openCreateAgeMs"
  from begun
  cross join touched
  cross join known
  left join covering on true`;

/** `MessageStore.beginAttempt`. */
export async function beginAttempt(
  knex: Knex,
  message: NewMessage,
  attempt: NewAttempt,
  { opened, provedAbsent }: CreatePlace,
): Promise<AttemptGrant> {
  const { number, step, channel, sender, pool, recipient } = attempt;
  const { category, answers = null } = message.request;
  const createId = randomUUID();
  const row = await queryOne<Row>(knex, SQL, {
    ...messageBindings(message),
    ...{ number, step, channel, sender, recipient, category, answers, createId },
    country: countryOf(recipient) ?? null,
    pool: pool ?? null,
    openedConversationSid: opened?.conversationSid ?? null,
    openedParticipantSid: opened?.participantSid ?? null,
    provedAbsent: provedAbsent ?? null,
  });
  return {
    startedAt: row.startedAt,
    ...(row.sender !== sender && { sender: row.sender }),
    ...(row.lastInboundAt !== null && { lastInboundAt: row.lastInboundAt }),
    ...(row.isClosed && { isClosed: true }),
    ...createOf(row, createId),
    ...(row.heldBackBy !== null && heldBack(row.heldBackBy, recipient)),
    ...(row.conversationSid !== null &&
      row.participantSid !== null && {
        conversation: { conversationSid: row.conversationSid, participantSid: row.participantSid },
      }),
  };
}

/** What holds an attempt back, with the address. */
export function heldBack(by: HeldBackBy, address: string): Pick<AttemptGrant, 'optOut' | 'suppression'> {
  if ('suppressed' in by) {
    const { suppressed } = by;
    const times = { since: isoTime(suppressed.since), until: isoTime(suppressed.until) };
    return { suppression: { ...suppressed, ...times, address } };
  }
  return { optOut: { ...by, address, at: isoTime(by.at) } };
}

/** What is known of the creates of the attempt: one got through, one is the caller's, or one is open. */
function createOf(
  { messageSid, openCreate, openCreateAgeMs }: Row,
  createId: string,
): Pick<AttemptGrant, 'messageSid' | 'createId' | 'openCreate'> {
  if (messageSid !== null) {
    return { messageSid };
  }
  if (openCreate === null) {
    return {};
  }
  return openCreate === createId ? { createId } : { openCreate: { createId: openCreate, ageMs: openCreateAgeMs } };
}
