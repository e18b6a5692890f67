import { type TaskStore, type TaskWithHistory } from '../../../database/task-store';
import { describeStray } from '../../../domain/sid';
import { parseTaskId, type TaskKey } from '../../../domain/task-id';
import { type AppContext, tenantOf } from '../../app-context';
import { HttpProblem } from '../../http-problem';

/**
 * The message and step that the id in the path stands for.
 * @throws HttpProblem `task_not_found`
 */
export function taskKeyOf(context: AppContext): TaskKey {
  const taskId = context.params['id'] ?? '';
  const key = parseTaskId(taskId);
  if (key === undefined) {
    throw taskNotFound(describeStray(taskId, 'a task id starts with task_'));
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

const NOT_YOURS = 'is not that of a task of yours: take `id` from GET /v1/tasks, or `task.id` of a callback';

function taskNotFound(problem = NOT_YOURS): HttpProblem {
  return new HttpProblem('task_not_found', { errors: [{ field: 'id', message: `id ${problem}` }] });
}
