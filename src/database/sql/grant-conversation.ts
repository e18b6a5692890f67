import { type Knex } from 'knex';
import { CONVERSATION_CHANNEL } from '../../domain/channel';
import { type ConversationGrant, type ConversationPlace, type KnownParticipant } from '../fan-out-store';
import { query } from '../rows';
import { COVERING_OPT_OUT } from './covering-opt-out';

type Row = KnownParticipant & { readonly isHeldBack: boolean };

/**
 * Who takes part is written anew with each create that is begun: one that left no message was for nobody.
 * An attempt of which a create was begun before is held back without a mark of its own, as it may have been told of a create.
 * The create is dated when it is granted (`clock_timestamp`), which is never before the caller asked.
 */
const SQL = `
  with input as (
    select participant.*, cast(:category as text) as category, cast(:answers as text) as answers
    from jsonb_to_recordset(cast(:participants as jsonb))
      as participant ("participantSid" text, channel text, sender text, recipient text)
  ), judged as (
    select input.*, covering.statement from input left join lateral (${COVERING_OPT_OUT}) covering on true
  ), held as (
    select (select judged.statement from judged where judged.statement is not null and cast(:isHolding as boolean)
      order by judged."participantSid" limit 1) as statement
  ), gone as (
    delete from attempt_participants
    where attempt_participants.message_id = :messageId and attempt_participants.number = :number
      and attempt_participants.participant_sid not in (select input."participantSid" from input)
  ), written as (
    insert into attempt_participants (message_id, number, participant_sid, channel, sender, recipient, opted_out_by)
    select :messageId, :number, judged."participantSid", judged.channel, judged.sender, judged.recipient, judged.statement from judged
    on conflict (message_id, number, participant_sid) do update set channel = excluded.channel, sender = excluded.sender,
      recipient = excluded.recipient, opted_out_by = excluded.opted_out_by
  ), granted as (
    update attempts set
      held_back_by = case when attempts.creates_begun = 0 then held.statement end,
      creates_begun = attempts.creates_begun + case when held.statement is null then 1 else 0 end,
      open_create = case when held.statement is null then :createId end,
      open_create_at = case when held.statement is null then clock_timestamp() end
    from held
    where attempts.message_id = :messageId and attempts.number = :number
  ), noted as (
    insert into timeline (message_id, entry_key, kind, attempt, detail)
    select :messageId, 'participant_opted_out:' || cast(:number as integer) || ':' || judged."participantSid", 'participant_opted_out',
      cast(:number as integer), jsonb_build_object('participantSid', judged."participantSid", 'channel', judged.channel)
    from judged where judged.statement is not null
    union all
    select :messageId, note.kind || ':' || cast(:number as integer), note.kind, cast(:number as integer),
      jsonb_build_object('step', cast(:step as integer), 'channel', cast(:channel as text),
        'participants', (select count(*) from input), 'optedOut', (select count(*) from judged where judged.statement is not null))
    from held
    cross join lateral (select case when held.statement is null then 'attempt_started' else 'held_back' end as kind) note
    on conflict do nothing
  )
  select judged."participantSid", judged.channel, judged.sender, judged.recipient,
    judged.statement is not null as "isOptedOut", held.statement is not null as "isHeldBack"
  from judged cross join held
  order by judged."participantSid"`;

/** Asks the ledger about every participant, and begins a create under the given id unless somebody's opt-out holds it back. */
export async function grantConversation(
  transaction: Knex.Transaction,
  attempt: Readonly<Record<'messageId' | 'category', string>> &
    Readonly<Record<'number' | 'step', number>> & { readonly answers: string | null },
  { participants, onOptedOutParticipant }: ConversationPlace,
  createId: string,
): Promise<Pick<ConversationGrant, 'createId' | 'isHeldBack' | 'participants'>> {
  const rows = await query<Row>(transaction, SQL, {
    ...attempt,
    participants: JSON.stringify(participants),
    channel: CONVERSATION_CHANNEL,
    isHolding: onOptedOutParticipant === 'hold',
    createId,
  });
  const isHeldBack = rows.some((row) => row.isHeldBack);
  return {
    ...(isHeldBack ? { isHeldBack } : { createId }),
    participants: rows.map(({ channel, isOptedOut, participantSid, recipient, sender }) => ({
      participantSid,
      channel,
      sender,
      recipient,
      isOptedOut,
    })),
  };
}
