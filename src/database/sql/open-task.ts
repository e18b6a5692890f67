import { type Knex } from 'knex';
import { taskIdFor } from '../../domain/task-id';
import { queryOne } from '../rows';
import { type NewTask } from '../task-store';
import { type WithCallbacks, type WrittenCallback } from '../written-callback';
import { WRITTEN_CALLBACKS } from './callers-told';
import { onCallBindings, TOLD_ON_CALL } from './told-on-call';
import { taskTold } from './task-told';
import { entriesBinding, NOTED } from './timeline-entries';

/**
 * A message that was redriven comes to its human step again: the task is opened anew, and nobody holds it. Its history and
 * the timeline keep what was before.
 */
const SQL = `
  with opened as (
    insert into tasks (message_id, step, tenant, queue, reason, opened_at, due_at, came_from, passes_to,
      on_call_recipient, on_call_message_id)
    values (:messageId, :step, :tenant, :queue, :reason, cast(:openedAt as timestamptz), cast(:dueAt as timestamptz),
      :cameFrom, :passesTo, :onCallRecipient, :onCallMessageId)
    on conflict (message_id, step) do update set
      queue = excluded.queue, reason = excluded.reason, opened_at = excluded.opened_at, due_at = excluded.due_at,
      came_from = excluded.came_from, passes_to = excluded.passes_to, on_call_recipient = excluded.on_call_recipient,
      on_call_message_id = excluded.on_call_message_id, claimed_by = null, claimed_at = null, closing = null, closed_at = null
    where tasks.opened_at < excluded.opened_at
    returning tasks.message_id, tasks.tenant, tasks.step, tasks.queue, tasks.opened_at
  ), ${NOTED}, moved as (
    update messages set status = 'escalating'
    from opened
    where messages.message_id = opened.message_id and messages.status <> 'closed'
  ), ${TOLD_ON_CALL}, remembered as (
    insert into task_history (message_id, step, kind)
    select opened.message_id, opened.step, happened.kind
    from opened
    cross join lateral (
      select 1 as place, 'opened' as kind
      union all
      select 2, 'told_on_call' from told_on_call
    ) happened
    order by happened.place
  ), ${taskTold('opened', "'task.opened'", "'escalating'", {
    toBoth: 'cast(:facts as jsonb)',
    toTool: 'cast(:briefing as jsonb)',
  })}
  select ${WRITTEN_CALLBACKS}`;

/** `TaskStore.open`. */
export async function openTask(knex: Knex, task: NewTask): Promise<WithCallbacks<void>> {
  const { messageId, tenant, step, queue, reason, openedAt, dueAt, cameFrom = null, passesTo = null, briefing } = task;
  const entries = entriesBinding([{ kind: 'task_opened', detail: { step, queue } }], openedAt);
  const row = { messageId, tenant, step, queue, reason, openedAt, dueAt, cameFrom, passesTo, entries };
  const facts = { id: taskIdFor(task), dueAt, cameFrom };
  const told = { facts: JSON.stringify(facts), briefing: JSON.stringify(briefing ?? {}) };
  const bindings = { ...row, ...onCallBindings(task.onCall), ...told };
  const { callbacks } = await queryOne<{ readonly callbacks: readonly WrittenCallback[] }>(knex, SQL, bindings);
  return { result: undefined, callbacks };
}
