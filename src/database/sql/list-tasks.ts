import { type Knex } from 'knex';
import { type TaskStatus } from '../../domain/human-task';
import { decodeCursor, encodeCursor } from '../list-cursor';
import { query } from '../rows';
import { type TaskFilter, type TaskPage, type TaskRecord } from '../task-store';
import { TASK_COLUMNS, taskRecord, type TaskRow } from './task-row';

/** What a cursor has for the id of a task. */
const POSITION = /^[\w-]+:\d+$/;

const CONDITIONS: Readonly<Record<TaskStatus, string>> = {
  open: 'tasks.closed_at is null and tasks.claimed_by is null',
  claimed: 'tasks.closed_at is null and tasks.claimed_by is not null',
  closed: 'tasks.closed_at is not null',
};

/** `TaskStore.list`, by keyset: a page costs the same however far back it is. */
export async function listTasks(knex: Knex, filter: TaskFilter): Promise<TaskPage> {
  const { limit, queue, tenant } = filter;
  const rows = await query<TaskRow>(knex, statement(filter), {
    limit: limit + 1,
    ...(tenant === undefined ? {} : { tenant }),
    ...(queue === undefined ? {} : { queue }),
    ...positionOf(filter),
  });
  const tasks = rows.slice(0, limit).map(taskRecord);
  const last = tasks.at(-1);
  return rows.length > limit && last !== undefined ? { tasks, nextCursor: cursorAfter(last) } : { tasks };
}

/** What waits comes in the order in which it is due, what is closed the newest first. */
function statement({ cursor, queue, status, tenant }: TaskFilter): string {
  const isClosed = status === 'closed';
  const at = isClosed ? 'tasks.closed_at' : 'tasks.due_at';
  const direction = isClosed ? 'desc' : 'asc';
  const conditions = [
    status === undefined ? 'tasks.closed_at is null' : CONDITIONS[status],
    ...(tenant === undefined ? [] : ['tasks.tenant = :tenant']),
    ...(queue === undefined ? [] : ['tasks.queue = :queue']),
    ...(cursor === undefined
      ? []
      : [
          `(${at}, tasks.message_id, tasks.step) ${isClosed ? '<' : '>'} (cast(:at as timestamptz), :messageId, cast(:step as integer))`,
        ]),
  ];
  return `
    select ${TASK_COLUMNS}
    from tasks
    where ${conditions.join(' and ')}
    order by ${at} ${direction}, tasks.message_id ${direction}, tasks.step ${direction}
    limit :limit`;
}

function positionOf({ cursor }: TaskFilter): Readonly<Record<string, string>> {
  if (cursor === undefined) {
    return {};
  }
  const { at, id } = decodeCursor(cursor, POSITION);
  const [messageId = '', step = ''] = id.split(':');
  return { at, messageId, step };
}

function cursorAfter({ closedAt, dueAt, messageId, step }: TaskRecord): string {
  return encodeCursor({ at: closedAt ?? dueAt, id: `${messageId}:${step}` });
}
