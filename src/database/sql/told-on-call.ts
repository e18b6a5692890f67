import { type NewTask } from '../task-store';

/**
 * The common table expression `told_on_call`, which accepts the message to somebody on call together with the task that it tells of,
 * a common table expression `opened`. Its workflow is started afterwards, or by the sweep.
 */
export const TOLD_ON_CALL = `
  told_on_call as (
    insert into messages (message_id, workflow_id, tenant, request_hash, request, status)
    select cast(:onCallMessageId as text), cast(:onCallWorkflowId as text), opened.tenant, cast(:onCallRequestHash as text),
      cast(:onCallRequest as jsonb), 'sending'
    from opened
    where cast(:onCallMessageId as text) is not null
    on conflict (message_id) do nothing
    returning messages.message_id
  ), accepted_on_call as (
    insert into timeline (message_id, entry_key, kind, detail)
    select told_on_call.message_id, 'accepted', 'accepted', '{}' from told_on_call
  )`;

/** The bindings of `TOLD_ON_CALL`. */
export function onCallBindings(onCall: NewTask['onCall']): Readonly<Record<string, string | null>> {
  return {
    onCallRecipient: onCall?.request.to ?? null,
    onCallMessageId: onCall?.messageId ?? null,
    onCallWorkflowId: onCall?.workflowId ?? null,
    onCallRequestHash: onCall?.requestHash ?? null,
    onCallRequest: onCall === undefined ? null : JSON.stringify(onCall.request),
  };
}
