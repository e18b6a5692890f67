import { createTaskStore, type TaskStore, type TaskWithHistory } from '../database/task-store';
import { tenantOfMessage } from '../database/tenant-of-message';
import { type OptOutCode } from '../domain/opt-out-code';
import { parseTaskId } from '../domain/task-id';
import { createMessageClient } from '../temporal/create-message-client';
import { type MessageClient } from '../temporal/message-client';
import { UsageError } from './usage-error';
import { type Operator } from './with-operator';

/** A task, and what an operator's command deals with it by. */
export interface TaskOfOperator extends Pick<Operator, 'knex'> {
  readonly task: TaskWithHistory;
  readonly tasks: TaskStore;
  readonly messages: Pick<MessageClient, 'acknowledge'>;
  readonly optOutCodes: readonly OptOutCode[];
}

/**
 * Finds a task of any tenant by its id.
 * @throws UsageError when the text is no such id; Error when there is no such task.
 */
export async function findTask({ client, config, knex }: Operator, taskId: string): Promise<TaskOfOperator> {
  const key = parseTaskId(taskId);
  if (key === undefined) {
    throw new UsageError('That is no id of a task (task_…): "posthorn tasks list" shows them.');
  }
  const tasks = createTaskStore(knex);
  const tenant = await tenantOfMessage(knex, key.messageId);
  const task = tenant === undefined ? undefined : await tasks.show(tenant, key);
  if (task === undefined) {
    throw new Error('There is no such task: "posthorn tasks list" shows those that wait.');
  }
  return { task, tasks, knex, messages: createMessageClient(client), optOutCodes: config.optOutCodes };
}
