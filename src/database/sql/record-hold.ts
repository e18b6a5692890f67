import { type Knex } from 'knex';
import { type MessageHold, type NewMessage } from '../message-store';
import { queryOne } from '../rows';
import { type WithCallbacks, type WrittenCallback } from '../written-callback';
import { CALLER_LISTENS, callersTold, WRITTEN_CALLBACKS } from './callers-told';
import { messageBindings } from './message-bindings';
import { entriesBinding, NOTED } from './timeline-entries';

const HOLD_TOLD = callersTold(`
    select messages.message_id, messages.tenant, 'message.held' as type, concat_ws(':', cast(:until as text), cast(:redrive as text)) as position,
      jsonb_build_object('status', 'held', 'hold', jsonb_build_object('until', cast(:until as text), 'because', cast(:because as text))) as facts
    from held messages
    where ${CALLER_LISTENS}`);

/** A message that was started without a row gets one, so that the hold is seen. */
const SQL = `
  with ${NOTED}, held as (
    insert into messages (message_id, workflow_id, tenant, request_hash, request, status, started_at)
    values (:messageId, :workflowId, :tenant, :requestHash, cast(:request as jsonb), 'held', now())
    on conflict (message_id) do update set status = excluded.status, started_at = coalesce(messages.started_at, excluded.started_at)
      where messages.status <> 'closed' and messages.redrives = :redrive
    returning messages.message_id, messages.tenant, messages.request, messages.xmax = 0 as is_new
  ), accepted as (
    insert into timeline (message_id, entry_key, kind, detail)
    select held.message_id, 'accepted', 'accepted', '{}' from held where held.is_new
  ), ${HOLD_TOLD}
  select ${WRITTEN_CALLBACKS}`;

/** `MessageStore.recordHold`. */
export async function recordHold(
  knex: Knex,
  message: NewMessage,
  { because, until }: MessageHold,
): Promise<WithCallbacks<void>> {
  const entries = entriesBinding([{ kind: 'held', detail: { until, because } }], message.redrive);
  const bindings = { ...messageBindings(message), until, because, entries };
  const { callbacks } = await queryOne<{ readonly callbacks: readonly WrittenCallback[] }>(knex, SQL, bindings);
  return { result: undefined, callbacks };
}
