import { type TaskStore, type TaskWithHistory } from '../../../database/task-store';
import { parseTaskId, type TaskKey } from '../../../domain/task-id';
import { type AppContext, tenantOf } from '../../app-context';
import { HttpProblem } from '../../http-problem';

/**
 * The message and step that the id in the path stands for.
 * @throws HttpProblem `task_not_found`
 */
export function taskKeyOf(context: AppContext): TaskKey {
  const key = parseTaskId(context.params['id'] ?? '');
  if (key === undefined) {
    throw taskNotFound();
  }
  return key;
}

/**
 * The task of the path, if it is the tenant's.
 * @throws HttpProblem `task_not_found`; the task of another tenant is not told from none.
 */
export async function findTask(tasks: Pick<TaskStore, 'show'>, context: AppContext): Promise<TaskWithHistory> {
  const task = await tasks.show(tenantOf(context), taskKeyOf(context));
  if (task === undefined) {
    throw taskNotFound();
  }
  return task;
}

function taskNotFound(): HttpProblem {
  const message = 'id is not that of a task of yours: take `id` from GET /v1/tasks, or `task.id` of a callback';
  return new HttpProblem('task_not_found', { errors: [{ field: 'id', message }] });
}
