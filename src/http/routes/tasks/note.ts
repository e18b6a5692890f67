import { type TaskStore } from '../../../database/task-store';
import { type AppContext, tenantOf } from '../../app-context';
import { presentTask } from '../../presenters/task';
import { validateBody } from '../../validate';
import { findTask, taskKeyOf } from './find-task';
import { noteBody } from './task-body';

/** POST /v1/tasks/{id}/note: adds to the history of a task, by whomever and whenever. */
export function noteTask(deps: { readonly tasks: Pick<TaskStore, 'note' | 'show'> }) {
  return async function noteTask(context: AppContext): Promise<void> {
    const { by, note } = await validateBody(noteBody, context);
    await deps.tasks.note(taskKeyOf(context), { tenant: tenantOf(context), by, note });
    context.body = presentTask(await findTask(deps.tasks, context));
  };
}
