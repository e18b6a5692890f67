import { UPDATE_REFUSALS } from '../../../../workflows/contract';
import { type TaskStore } from '../../../database/task-store';
import { UpdateRefusedError, WorkflowMissingError } from '../../../temporal/errors';
import { type MessageClient } from '../../../temporal/message-client';
import { compact } from '../../../twilio/compact';
import { type AppContext } from '../../app-context';
import { HttpProblem } from '../../http-problem';
import { presentTask } from '../../presenters/task';
import { validateBody } from '../../validate';
import { findTask } from './find-task';
import { taskBody } from './task-body';
import { taskClosed } from './task-problems';

export interface AcknowledgeTaskDependencies {
  readonly tasks: Pick<TaskStore, 'show'>;
  readonly client: Pick<MessageClient, 'acknowledge'>;
}

/** POST /v1/tasks/{id}/acknowledge: ends the task and its message. The first one wins, whoever holds the task; later ones are told who it was. */
export function acknowledgeTask(deps: AcknowledgeTaskDependencies) {
  return async function acknowledgeTask(context: AppContext): Promise<void> {
    const { by, note } = await validateBody(taskBody, context);
    const task = await findTask(deps.tasks, context);
    if (task.closing !== undefined) {
      throw taskClosed(task);
    }
    try {
      await deps.client.acknowledge(task.messageId, { by, step: task.step, ...compact({ note }) });
    } catch (error) {
      throw await whyRefused(deps, context, error);
    }
    context.body = { ...presentTask(task), acknowledged: true, by };
  };
}

/** It may have been closed since it was looked up; until that is on record, the workflow itself knows who took it. */
async function whyRefused(deps: AcknowledgeTaskDependencies, context: AppContext, error: unknown): Promise<unknown> {
  const isTooLate = error instanceof UpdateRefusedError && error.refusal === UPDATE_REFUSALS.noOpenTask;
  if (!isTooLate && !(error instanceof WorkflowMissingError)) {
    return error;
  }
  const task = await findTask(deps.tasks, context);
  if (task.closing !== undefined) {
    return taskClosed(task, error);
  }
  return isTooLate
    ? new HttpProblem('task_closed', { detail: error.message, cause: error })
    : new HttpProblem('message_not_started', { cause: error });
}
