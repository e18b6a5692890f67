import { type Knex } from 'knex';
import { query } from '../rows';
import { type TaskClosing } from '../task-store';

/** Who closed it stays in the task: the timeline has no names. */
const SQL = `
  with closed as (
    update tasks set closing = cast(:closing as jsonb), closed_at = now()
    where tasks.message_id = :messageId and tasks.step = :step and tasks.closing is null
    returning tasks.message_id, tasks.step
  )
  insert into timeline (message_id, entry_key, kind, detail)
  select closed.message_id, 'task_closed:' || closed.step, 'task_closed',
    jsonb_build_object('step', closed.step, 'how', cast(:how as text))
  from closed`;

/** `TaskStore.close`. */
export async function closeTask(knex: Knex, messageId: string, step: number, closing: TaskClosing): Promise<void> {
  await query(knex, SQL, { messageId, step, closing: JSON.stringify(closing), how: closing.kind });
}
