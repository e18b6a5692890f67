import { setTimeout as pause } from 'node:timers/promises';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { type deliverMessage } from '../../workflows';
import {
  acknowledgeUpdate,
  callEventSignal,
  cancelUpdate,
  DEFAULT_TASK_QUEUE,
  type DeliverMessageInput,
  deliveryEventSignal,
  ledgerChangedSignal,
  readLedgerUpdate,
  releaseUpdate,
  stateQuery,
} from '../../workflows/contract';
import { workflowIdFor } from '../domain/workflow-id';
import { IdempotencyConflictError, TemporalUnavailableError } from './errors';
import { type MessageClient, type SignalResult } from './message-client';
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

  const signalled = (send: () => Promise<unknown>): Promise<SignalResult> =>
    translated(async () => {
      try {
        await inTime(send);
        return 'signalled';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) {
          return 'closed';
        }
        throw error;
      }
    });

  return {
    start: (input) => translated(() => inTime(() => startOnce(client, input, taskQueue))),
    signal: (workflowId, event) =>
      signalled(() => client.workflow.getHandle(workflowId).signal(deliveryEventSignal, event)),
    signalCall: (workflowId, news) =>
      signalled(() => client.workflow.getHandle(workflowId).signal(callEventSignal, news)),
    tellOfLedger: ({ isScheduled, workflowId }) =>
      signalled(() => {
        const handle = client.workflow.getHandle(workflowId);
        return isScheduled ? handle.executeUpdate(readLedgerUpdate) : handle.signal(ledgerChangedSignal);
      }),
    cancel: (messageId, request) =>
      translated(() => inTime(() => handleOf(messageId).executeUpdate(cancelUpdate, { args: [request] }))),
    acknowledge: (messageId, request) =>
      translated(() => inTime(() => handleOf(messageId).executeUpdate(acknowledgeUpdate, { args: [request] }))),
    release: (messageId, request) =>
      translated(() => inTime(() => handleOf(messageId).executeUpdate(releaseUpdate, { args: [request] }))),
    state: (messageId) => translated(() => inTime(() => handleOf(messageId).query(stateQuery))),
    waitForOutcome: (messageId) => translated(() => handleOf(messageId).result()),
    ping: () =>
      translated(async () => {
        await inTime(() => client.workflowService.describeNamespace({ namespace: client.options.namespace }));
      }),
  };
}

/** A message is closed in Postgres a moment before its run ends in Temporal; a redrive waits for that, in milliseconds. */
const RUN_BEFORE_ENDS_WITHIN_MS = [50, 200, 500, 1_000];

async function startOnce(client: Client, input: DeliverMessageInput, taskQueue: string): Promise<void> {
  for (const pauseMs of RUN_BEFORE_ENDS_WITHIN_MS) {
    if (await isStarted(client, input, taskQueue)) {
      return;
    }
    await pause(pauseMs);
  }
  if (!(await isStarted(client, input, taskQueue))) {
    throw new TemporalUnavailableError('The run before has not ended in Temporal yet; start the redrive again later.');
  }
}

/** @returns false when an earlier run of the message is still in the way. */
async function isStarted(client: Client, input: DeliverMessageInput, taskQueue: string): Promise<boolean> {
  try {
    await client.workflow.start<typeof deliverMessage>('deliverMessage', startOptions(input, taskQueue));
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) {
      throw error;
    }
    const { memo } = await client.workflow.getHandle(error.workflowId).describe();
    if (memo?.['requestHash'] !== input.requestHash) {
      throw new IdempotencyConflictError('The idempotency key was used before with another request; take a new key.');
    }
    return Number(memo['redrive'] ?? 0) >= (input.redrive ?? 0);
  }
}
