import { type Knex } from 'knex';
import { type TaskClosing } from '../../domain/human-task';
import { type TaskKey, taskIdFor } from '../../domain/task-id';
import { queryOne } from '../rows';
import { type WithCallbacks, type WrittenCallback } from '../written-callback';
import { WRITTEN_CALLBACKS } from './callers-told';
import { taskTold } from './task-told';

/** Who closed it stays in the task and its history: the timeline has no names. */
const SQL = `
  with closed as (
    update tasks set closing = cast(:closing as jsonb), closed_at = now()
    where tasks.message_id = :messageId and tasks.step = :step and tasks.closing is null
    returning tasks.message_id, tasks.step, tasks.queue, tasks.opened_at, tasks.closing
  ), noted as (
    insert into timeline (message_id, entry_key, kind, detail)
    select closed.message_id, 'task_closed:' || closed.step || '@' || extract(epoch from closed.opened_at), 'task_closed',
      jsonb_build_object('step', closed.step, 'how', cast(:how as text))
    from closed
  ), remembered as (
    insert into task_history (message_id, step, kind, actor, note)
    select closed.message_id, closed.step, cast(:how as text), closed.closing ->> 'by', closed.closing ->> 'note'
    from closed
  ), ${taskTold('closed', "'task.' || cast(:how as text)", 'messages.status', {
    toBoth: "jsonb_build_object('id', cast(:taskId as text))",
    toTool: "jsonb_build_object('closing', closed.closing)",
  })}
  select ${WRITTEN_CALLBACKS}`;

/** `TaskStore.close`. */
export async function closeTask(knex: Knex, key: TaskKey, closing: TaskClosing): Promise<WithCallbacks<void>> {
  const { messageId, step } = key;
  const bindings = { messageId, step, closing: JSON.stringify(closing), how: closing.kind, taskId: taskIdFor(key) };
  const { callbacks } = await queryOne<{ readonly callbacks: readonly WrittenCallback[] }>(knex, SQL, bindings);
  return { result: undefined, callbacks };
}
