import { type Knex } from 'knex';
import { query } from '../rows';
import { type HumanTask } from '../task-store';

const SQL = `
  select tasks.message_id as "messageId", tasks.tenant as "tenant", tasks.step as "step", tasks.queue as "queue",
    tasks.reason as "reason", tasks.opened_at as "openedAt", tasks.due_at as "dueAt"
  from tasks
  where tasks.tenant = :tenant and tasks.closed_at is null
    and (cast(:queue as text) is null or tasks.queue = :queue)
  order by tasks.due_at, tasks.message_id, tasks.step
  limit :limit`;

/** `TaskStore.listOpen`. */
export async function listOpenTasks(
  knex: Knex,
  tenant: string,
  queue: string | undefined,
  limit: number,
): Promise<HumanTask[]> {
  return query<HumanTask>(knex, SQL, { tenant, queue: queue ?? null, limit });
}
