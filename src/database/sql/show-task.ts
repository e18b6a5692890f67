import { type Knex } from 'knex';
import { type TaskKey } from '../../domain/task-id';
import { query } from '../rows';
import { type TaskWithHistory } from '../task-store';
import { TASK_COLUMNS, taskHistoryEntry, type TaskHistoryJson, taskRecord, type TaskRow } from './task-row';

interface Row extends TaskRow {
  readonly history: readonly TaskHistoryJson[];
}

const SQL = `
  select ${TASK_COLUMNS},
    (select coalesce(jsonb_agg(to_jsonb(happened) order by happened.entry_id), '[]')
      from task_history happened
      where happened.message_id = tasks.message_id and happened.step = tasks.step) as "history"
  from tasks
  where tasks.tenant = :tenant and tasks.message_id = :messageId and tasks.step = :step`;

/** `TaskStore.show`. */
export async function showTask(knex: Knex, tenant: string, key: TaskKey): Promise<TaskWithHistory | undefined> {
  const [row] = await query<Row>(knex, SQL, { tenant, messageId: key.messageId, step: key.step });
  if (row === undefined) {
    return undefined;
  }
  const { history, ...task } = row;
  return { ...taskRecord(task), history: history.map(taskHistoryEntry) };
}
