import { type Knex } from 'knex';
import { type MessageChannel } from '../../domain/channel';
import { childMessageId } from '../../domain/message-id';
import { requestHash } from '../../domain/request-hash';
import { type RecipientRequest } from '../../domain/send-request';
import { workflowIdFor } from '../../domain/workflow-id';
import { type NewChild } from '../fan-out-store';
import { type NewMessage } from '../message-store';
import { query } from '../rows';

/** What is there already stays: the update that changes nothing makes a repetition return it. */
const SQL = `
  with opened as (
    insert into messages (message_id, workflow_id, tenant, request_hash, request, status, started_at, parent_id, child_of)
    select :messageId, :workflowId, :tenant, :requestHash,
      cast(:request as jsonb) || jsonb_build_object('to', participant.recipient, 'channel', participant.channel),
      'sending', now(), :parentId, cast(:childOf as jsonb)
    from attempt_participants participant
    where participant.message_id = :parentId and participant.number = :attempt and participant.participant_sid = :participantSid
    on conflict (message_id) do update set status = messages.status
    returning messages.message_id, messages.request, messages.xmax = 0 as is_new
  ), noted as (
    insert into timeline (message_id, entry_key, kind, detail)
    select opened.message_id, 'accepted', 'accepted', '{}' from opened where opened.is_new
  )
  select opened.request ->> 'to' as "to", opened.request ->> 'channel' as "channel" from opened`;

/** `FanOutStore.openChild`. */
export async function openChild(knex: Knex, { childOf, request, tenant }: NewChild): Promise<NewMessage> {
  const messageId = childMessageId(childOf);
  const { attempt, parentId, participantSid } = childOf;
  const child = { messageId, workflowId: workflowIdFor(messageId), tenant, requestHash: requestHash(childOf) };
  const [row] = await query<{ readonly to: string; readonly channel: MessageChannel }>(knex, SQL, {
    ...child,
    ...{ attempt, parentId, participantSid },
    request: JSON.stringify(request),
    childOf: JSON.stringify(childOf),
  });
  if (row === undefined) {
    throw new Error(`attempt ${attempt} of ${parentId} is not for the participant ${participantSid}`);
  }
  const complete: RecipientRequest = { ...request, ...row };
  return { ...child, request: complete };
}
