import { randomUUID } from 'node:crypto';
import { type Knex } from 'knex';
import { CONVERSATION_CHANNEL } from '../../domain/channel';
import { type MessageSid } from '../../domain/sid';
import {
  type ConversationGrant,
  type ConversationPlace,
  type KnownParticipant,
  type NewConversationAttempt,
} from '../fan-out-store';
import { type NewMessage } from '../message-store';
import { query, queryOne } from '../rows';
import { grantConversation } from './grant-conversation';
import { messageBindings } from './message-bindings';
import { touchedMessage } from './touched-message';

interface Row {
  readonly isClosed: boolean;
  readonly startedAt: string;
  readonly messageSid: MessageSid | null;
  readonly isHeldBack: boolean;
  readonly openCreate: string | null;
  readonly openCreateAgeMs: number;
}

/** The row of the attempt stays locked until the transaction ends: of two tries at once one waits here. */
const BEGUN = `
  with begun as (
    insert into attempts (message_id, number, step, channel, conversation_sid)
    values (:messageId, :number, :step, :channel, :conversationSid)
    on conflict (message_id, number) do update set conversation_sid = attempts.conversation_sid
    returning attempts.message_id, attempts.number, attempts.message_sid, attempts.held_back_by, attempts.started_at,
      attempts.open_create, attempts.open_create_at
  ), ${touchedMessage('message_sid')}, noted as (
    insert into timeline (message_id, entry_key, kind, detail)
    select touched.message_id, 'accepted', 'accepted', '{}' from touched where touched.is_new
    on conflict do nothing
  )
  select touched.is_closed as "isClosed", begun.started_at as "startedAt", begun.message_sid as "messageSid",
    begun.held_back_by is not null as "isHeldBack", begun.open_create as "openCreate",
    cast(extract(epoch from clock_timestamp() - begun.open_create_at) * 1000 as double precision) as "openCreateAgeMs"
  from begun cross join touched`;

const PARTICIPANTS = `
  select attempt_participants.participant_sid as "participantSid", attempt_participants.channel as "channel",
    attempt_participants.sender as "sender", attempt_participants.recipient as "recipient",
    attempt_participants.opted_out_by is not null as "isOptedOut"
  from attempt_participants
  where attempt_participants.message_id = :messageId and attempt_participants.number = :number
  order by attempt_participants.participant_sid`;

/** `FanOutStore.begin`, inside a transaction. */
export async function beginConversationAttempt(
  transaction: Knex.Transaction,
  message: NewMessage,
  { number, step, conversationSid }: NewConversationAttempt,
  place: ConversationPlace | undefined,
): Promise<ConversationGrant> {
  const { messageId } = message;
  const bindings = { ...messageBindings(message), number, step, conversationSid, channel: CONVERSATION_CHANNEL };
  const row = await queryOne<Row>(transaction, BEGUN, bindings);
  const { isClosed, isHeldBack, messageSid, openCreate, startedAt } = row;
  const known = { startedAt, ...(isClosed && { isClosed }) };
  const isFree = messageSid === null && (openCreate === null || openCreate === place?.provedAbsent);
  if (place !== undefined && isFree && !isHeldBack && !isClosed) {
    const createId = randomUUID();
    const { category, answers } = message.request;
    const attempt = { messageId, number, step, category, answers: answers ?? null };
    return { ...known, ...(await grantConversation(transaction, attempt, place, createId)) };
  }
  return {
    ...known,
    ...(isHeldBack && { isHeldBack }),
    ...(messageSid !== null && { messageSid }),
    ...(messageSid === null &&
      openCreate !== null && { openCreate: { createId: openCreate, ageMs: row.openCreateAgeMs } }),
    participants: await query<KnownParticipant>(transaction, PARTICIPANTS, { messageId, number }),
  };
}
