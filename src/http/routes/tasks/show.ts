import { type MessageStore } from '../../../database/message-store';
import { type TaskStore } from '../../../database/task-store';
import { type OptOutCode } from '../../../domain/opt-out-code';
import { briefTask } from '../../../tasks/brief-task';
import { type AppContext } from '../../app-context';
import { presentTaskDetails } from '../../presenters/task';
import { messageNotFound } from '../messages/find-message';
import { findTask } from './find-task';

export interface ShowTaskDependencies {
  readonly tasks: Pick<TaskStore, 'show'>;
  readonly messages: Pick<MessageStore, 'find'>;
  readonly optOutCodes: readonly OptOutCode[];
}

/** GET /v1/tasks/{id}: all that a person needs who deals with it, as it is known now. */
export function showTask(deps: ShowTaskDependencies) {
  return async function showTask(context: AppContext): Promise<void> {
    const task = await findTask(deps.tasks, context);
    const message = await deps.messages.find(task.tenant, task.messageId);
    if (message === undefined) {
      throw messageNotFound();
    }
    context.body = presentTaskDetails(task, message, briefTask(task, message, deps.optOutCodes));
  };
}
