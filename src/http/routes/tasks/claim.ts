import { type TaskStore } from '../../../database/task-store';
import { compact } from '../../../twilio/compact';
import { type AppContext, tenantOf } from '../../app-context';
import { presentTask } from '../../presenters/task';
import { validateBody } from '../../validate';
import { findTask, taskKeyOf } from './find-task';
import { taskBody } from './task-body';
import { taskClosed, taskHeld } from './task-problems';

/** POST /v1/tasks/{id}/claim: says who deals with it. One at a time; the same person again changes nothing. */
export function claimTask(deps: { readonly tasks: Pick<TaskStore, 'claim' | 'show'> }) {
  return async function claimTask(context: AppContext): Promise<void> {
    const { by, note } = await validateBody(taskBody, context);
    const isTheirs = await deps.tasks.claim(taskKeyOf(context), {
      tenant: tenantOf(context),
      by,
      ...compact({ note }),
    });
    const task = await findTask(deps.tasks, context);
    if (!isTheirs) {
      refuseUnlessHeldBy(task, by);
    }
    context.body = presentTask(task);
  };
}

function refuseUnlessHeldBy(task: Parameters<typeof taskHeld>[0], by: string): void {
  if (task.closing !== undefined) {
    throw taskClosed(task);
  }
  if (task.claimedBy !== by) {
    throw taskHeld(task);
  }
}
