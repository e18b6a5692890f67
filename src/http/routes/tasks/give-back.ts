import { type TaskStore } from '../../../database/task-store';
import { compact } from '../../../twilio/compact';
import { type AppContext, tenantOf } from '../../app-context';
import { HttpProblem } from '../../http-problem';
import { presentTask } from '../../presenters/task';
import { validateBody } from '../../validate';
import { findTask, taskKeyOf } from './find-task';
import { taskBody } from './task-body';
import { taskClosed, taskHeld } from './task-problems';

/** POST /v1/tasks/{id}/give-back: lets go of a task, so that somebody else can claim it. */
export function giveBackTask(deps: { readonly tasks: Pick<TaskStore, 'giveBack' | 'show'> }) {
  return async function giveBackTask(context: AppContext): Promise<void> {
    const { by, note } = await validateBody(taskBody, context);
    const hand = { tenant: tenantOf(context), by, ...compact({ note }) };
    const isGivenBack = await deps.tasks.giveBack(taskKeyOf(context), hand);
    const task = await findTask(deps.tasks, context);
    if (!isGivenBack) {
      if (task.closing !== undefined) {
        throw taskClosed(task);
      }
      throw task.claimedBy === undefined || task.claimedBy === by
        ? new HttpProblem('task_not_claimed')
        : taskHeld(task);
    }
    context.body = presentTask(task);
  };
}
