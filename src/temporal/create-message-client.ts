import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { type deliverMessage } from '../../workflows';
import {
  acknowledgeUpdate,
  cancelUpdate,
  DEFAULT_TASK_QUEUE,
  type DeliverMessageInput,
  deliveryEventSignal,
  stateQuery,
} from '../../workflows/contract';
import { workflowIdFor } from '../domain/workflow-id';
import { IdempotencyConflictError } from './errors';
import { type MessageClient } from './message-client';
import { startOptions } from './start-options';
import { toTemporalError } from './to-temporal-error';

/** How long one call to Temporal may take, in milliseconds: somebody waits for the answer. */
const CALL_TIMEOUT_MS = 5_000;

/** The message client over Temporal's own. */
export function createMessageClient(client: Client, taskQueue: string = DEFAULT_TASK_QUEUE): MessageClient {
  const handleOf = (messageId: string) => client.workflow.getHandle<typeof deliverMessage>(workflowIdFor(messageId));
  const inTime = <T>(call: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + CALL_TIMEOUT_MS, call);
  const translated = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toTemporalError(error);
    }
  };

  return {
    start: (input) => translated(() => inTime(() => startOnce(client, input, taskQueue))),
    signal: (workflowId, event) =>
      translated(async () => {
        try {
          await inTime(() => client.workflow.getHandle(workflowId).signal(deliveryEventSignal, event));
          return 'signalled';
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) {
            return 'closed';
          }
          throw error;
        }
      }),
    cancel: (messageId, request) =>
      translated(() => inTime(() => handleOf(messageId).executeUpdate(cancelUpdate, { args: [request] }))),
    acknowledge: (messageId, request) =>
      translated(() => inTime(() => handleOf(messageId).executeUpdate(acknowledgeUpdate, { args: [request] }))),
    state: (messageId) => translated(() => inTime(() => handleOf(messageId).query(stateQuery))),
    waitForOutcome: (messageId) => translated(() => handleOf(messageId).result()),
    ping: () =>
      translated(async () => {
        await inTime(() => client.workflowService.describeNamespace({ namespace: client.options.namespace }));
      }),
  };
}

async function startOnce(client: Client, input: DeliverMessageInput, taskQueue: string): Promise<void> {
  try {
    await client.workflow.start<typeof deliverMessage>('deliverMessage', startOptions(input, taskQueue));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) {
      throw error;
    }
    const { memo } = await client.workflow.getHandle(error.workflowId).describe();
    if (memo?.['requestHash'] !== input.requestHash) {
      throw new IdempotencyConflictError('The idempotency key was used before with another request; take a new key.');
    }
  }
}
