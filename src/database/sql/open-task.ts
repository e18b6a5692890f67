import { type Knex } from 'knex';
import { query } from '../rows';
import { type HumanTask } from '../task-store';
import { entriesBinding, NOTED } from './timeline-entries';

const SQL = `
  with opened as (
    insert into tasks (message_id, step, tenant, queue, reason, opened_at, due_at)
    values (:messageId, :step, :tenant, :queue, :reason, cast(:openedAt as timestamptz), cast(:dueAt as timestamptz))
    on conflict (message_id, step) do nothing
    returning tasks.message_id
  ), ${NOTED}
  update messages set status = 'escalating'
  from opened
  where messages.message_id = opened.message_id and messages.status <> 'closed'`;

/** `TaskStore.open`. */
export async function openTask(knex: Knex, task: HumanTask): Promise<void> {
  const { messageId, tenant, step, queue, reason, openedAt, dueAt } = task;
  const entries = entriesBinding([{ kind: 'task_opened', detail: { step, queue } }]);
  await query(knex, SQL, { messageId, tenant, step, queue, reason, openedAt, dueAt, entries });
}
