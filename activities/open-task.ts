import { log } from '@temporalio/activity';
import { type MessageStore } from '../src/database/message-store';
import { type NewTask, type TaskStore } from '../src/database/task-store';
import { durationMs, type Duration } from '../src/domain/duration';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type OnCall } from '../src/domain/policy';
import { briefTask } from '../src/tasks/brief-task';
import { onCallMessage } from '../src/tasks/on-call-message';
import { type MessageClient } from '../src/temporal/message-client';
import { messageClosed } from './message-closed';

export interface OpenTaskInput extends Omit<NewTask, 'briefing' | 'dueAt' | 'onCall'> {
  readonly acknowledgeTimeout: Duration;
  readonly onCall?: OnCall;
}

export interface OpenTaskDependencies {
  readonly tasks: Pick<TaskStore, 'open'>;
  readonly messages: Pick<MessageStore, 'find'>;
  readonly client: Pick<MessageClient, 'start'>;
  readonly optOutCodes: readonly OptOutCode[];
}

/**
 * Opens the task of a human step, and has somebody on call told of it where the step names one. Repeating it changes nothing.
 * Throws ApplicationFailure `MESSAGE_CLOSED` when the message has ended.
 */
export function createOpenTask(deps: OpenTaskDependencies) {
  return async function openTask({ acknowledgeTimeout, onCall, ...task }: OpenTaskInput): Promise<void> {
    const dueAt = new Date(Date.parse(task.openedAt) + durationMs(acknowledgeTimeout)).toISOString();
    const message = await deps.messages.find(task.tenant, task.messageId);
    if (message === undefined) {
      throw new Error(`there is no message ${task.messageId} to ask a person about`);
    }
    if (message.status === 'closed') {
      throw messageClosed();
    }
    const briefing = briefTask({ ...task, dueAt }, message, deps.optOutCodes);
    const told = onCall === undefined ? undefined : onCallMessage({ ...task, dueAt }, onCall, briefing);
    await deps.tasks.open({ ...task, dueAt, briefing, ...(told === undefined ? {} : { onCall: told }) });
    if (told !== undefined) {
      const { messageId, request, requestHash, tenant } = told;
      await deps.client.start({ messageId, request, requestHash, tenant }).catch((error: unknown) => {
        log.warn('the message to somebody on call could not be started; the sweep does it', { messageId, error });
      });
    }
  };
}
