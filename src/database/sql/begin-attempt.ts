import { type Knex } from 'knex';
import { type ConversationSid, type MessageSid, type ParticipantSid } from '../../domain/sid';
import { type AttemptGrant, type NewAttempt, type NewMessage } from '../message-store';
import { type OpenConversation } from '../../twilio/gateway';
import { type OptOutStatement } from '../opt-out-store';
import { isoTime, queryOne } from '../rows';
import { messageBindings } from './message-bindings';

interface Row {
  readonly isRepeated: boolean;
  readonly isClosed: boolean;
  readonly startedAt: string;
  readonly messageSid: MessageSid | null;
  /** Without its address: that is the recipient's. */
  readonly optOut: Omit<OptOutStatement, 'address'> | null;
  readonly conversationSid: ConversationSid | null;
  readonly participantSid: ParticipantSid | null;
}

/**
 * `creates_begun` counts how often the caller was told to go ahead with a create: above one, an earlier create may have got through.
 * The attempt keeps the conversation that it was told to post into, since the pair may have another one by the time of a repetition.
 * The attempt row remembers the opt-out that held it back (`held_back_by`), so a repetition gets the same answer, even after
 * the recipient said start again. A repetition of an attempt that was granted hears of an opt-out committed meanwhile.
 * Parts of one statement do not see each other's writes: what the answer needs comes from `returning`.
 */
const SQL = `
  with input as (
    select cast(:messageId as text) as message_id, cast(:number as integer) as number, cast(:step as integer) as step,
      cast(:channel as text) as channel, cast(:sender as text) as sender, cast(:recipient as text) as recipient,
      cast(:category as text) as category,
      cast(:openedConversationSid as text) as opened_conversation_sid, cast(:openedParticipantSid as text) as opened_participant_sid
  ), covering as (
    select jsonb_strip_nulls(jsonb_build_object(
      'scope', jsonb_build_object('sender', opt_outs.sender, 'channel', opt_outs.channel, 'category', opt_outs.category),
      'optedOut', true, 'source', opt_outs.source, 'evidence', opt_outs.evidence, 'actor', opt_outs.actor,
      'reason', opt_outs.reason, 'at', opt_outs.at)) as statement
    from input join opt_outs on opt_outs.address = input.recipient
    where opt_outs.opted_out
      and (opt_outs.sender is null or opt_outs.sender = input.sender)
      and (opt_outs.channel is null or opt_outs.channel = input.channel)
      and (opt_outs.category is null or opt_outs.category = input.category)
    order by opt_outs.at desc
    limit 1
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
      coalesce(input.opened_participant_sid, conversations.participant_sid) as participant_sid
    from input
    left join conversations on conversations.recipient = input.recipient
      and conversations.sender = input.sender
      and conversations.channel = input.channel
  ), begun as (
    insert into attempts (message_id, number, step, channel, sender, recipient, held_back_by, conversation_sid, participant_sid, creates_begun)
    select input.message_id, input.number, input.step, input.channel, input.sender, input.recipient, covering.statement,
      case when covering.statement is null then known.conversation_sid end,
      case when covering.statement is null then known.participant_sid end,
      case when covering.statement is null and known.conversation_sid is not null then 1 else 0 end
    from input
    cross join known
    left join covering on true
    on conflict (message_id, number) do update set
      held_back_by = case when attempts.creates_begun = 0 then coalesce(attempts.held_back_by, excluded.held_back_by) end,
      conversation_sid = case when attempts.message_sid is null
        then coalesce(:openedConversationSid, attempts.conversation_sid, excluded.conversation_sid) else attempts.conversation_sid end,
      participant_sid = case when attempts.message_sid is null
        then coalesce(:openedParticipantSid, attempts.participant_sid, excluded.participant_sid) else attempts.participant_sid end,
      creates_begun = attempts.creates_begun + case when attempts.held_back_by is null and excluded.held_back_by is null
        and coalesce(:openedConversationSid, attempts.conversation_sid, excluded.conversation_sid) is not null then 1 else 0 end
    returning attempts.message_id, attempts.number, attempts.message_sid, attempts.held_back_by, attempts.started_at,
      attempts.conversation_sid, attempts.participant_sid, attempts.creates_begun
  ), touched as (
    insert into messages (message_id, workflow_id, tenant, request_hash, request, status, started_at)
    select begun.message_id, :workflowId, :tenant, :requestHash, cast(:request as jsonb),
      case when begun.message_sid is null then 'sending' else 'awaiting_receipt' end, now()
    from begun
    on conflict (message_id) do update set
      status = case when messages.closed_at is null then excluded.status else messages.status end,
      started_at = coalesce(messages.started_at, excluded.started_at)
    returning messages.message_id, messages.closed_at is not null as is_closed, messages.xmax = 0 as is_new
  ), noted as (
    insert into timeline (message_id, entry_key, kind, attempt, detail)
    select touched.message_id, 'accepted', 'accepted', null, '{}' from touched where touched.is_new
    union all
    select begun.message_id, note.kind || ':' || begun.number, note.kind, begun.number,
      jsonb_build_object('step', input.step, 'channel', input.channel)
    from begun
    cross join input
    cross join lateral (select case when begun.held_back_by is null then 'attempt_started' else 'held_back' end as kind) note
    on conflict do nothing
  )
  select begun.creates_begun > case when begun.held_back_by is null and covering.statement is null
      and begun.conversation_sid is not null then 1 else 0 end as "isRepeated",
    touched.is_closed as "isClosed",
    begun.started_at as "startedAt",
    begun.message_sid as "messageSid",
    case when begun.message_sid is null then coalesce(begun.held_back_by, covering.statement) end as "optOut",
    begun.conversation_sid as "conversationSid",
    begun.participant_sid as "participantSid"
  from begun
  cross join touched
  left join covering on true`;

/** `MessageStore.beginAttempt`. */
export async function beginAttempt(
  knex: Knex,
  message: NewMessage,
  attempt: NewAttempt,
  opened: OpenConversation | undefined,
): Promise<AttemptGrant> {
  const { number, step, channel, sender, recipient } = attempt;
  const { category } = message.request;
  const row = await queryOne<Row>(knex, SQL, {
    ...messageBindings(message),
    ...{ number, step, channel, sender, recipient, category },
    openedConversationSid: opened?.conversationSid ?? null,
    openedParticipantSid: opened?.participantSid ?? null,
  });
  return {
    isRepeated: row.isRepeated,
    startedAt: row.startedAt,
    ...(row.isClosed && { isClosed: true }),
    ...(row.messageSid !== null && { messageSid: row.messageSid }),
    ...(row.optOut !== null && { optOut: { ...row.optOut, address: recipient, at: isoTime(row.optOut.at) } }),
    ...(row.conversationSid !== null &&
      row.participantSid !== null && {
        conversation: { conversationSid: row.conversationSid, participantSid: row.participantSid },
      }),
  };
}
