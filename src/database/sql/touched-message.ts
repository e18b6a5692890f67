/**
 * Part of the statements that begin an attempt: the message is written when it is not there yet, and a message that is open in this
 * life is under way. A leftover run of an earlier life changes nothing and hears that the message is closed.
 * @param sidColumn what Twilio's answer to the create is kept in: without it the message is still being sent
 */
export function touchedMessage(sidColumn: 'message_sid' | 'call_sid'): string {
  return `touched as (
    insert into messages (message_id, workflow_id, tenant, request_hash, request, status, started_at)
    select begun.message_id, :workflowId, :tenant, :requestHash, cast(:request as jsonb),
      case when begun.${sidColumn} is null then 'sending' else 'awaiting_receipt' end, now()
    from begun
    on conflict (message_id) do update set
      status = case when messages.closed_at is null and messages.redrives = :redrive then excluded.status else messages.status end,
      started_at = case when messages.redrives = :redrive then coalesce(messages.started_at, excluded.started_at) else messages.started_at end
    returning messages.message_id, messages.closed_at is not null or messages.redrives <> :redrive as is_closed, messages.xmax = 0 as is_new
  )`;
}

/** After `touchedMessage`, for an attempt with one recipient: what the timeline says of it. */
export const NOTED_ATTEMPT = `noted as (
    insert into timeline (message_id, entry_key, kind, attempt, detail)
    select touched.message_id, 'accepted', 'accepted', null, '{}' from touched where touched.is_new
    union all
    select begun.message_id, note.kind || ':' || begun.number, note.kind, begun.number,
      jsonb_build_object('step', input.step, 'channel', input.channel)
    from begun
    cross join input
    cross join lateral (select case when begun.held_back_by is null then 'attempt_started' else 'held_back' end as kind) note
    on conflict do nothing
  )`;
