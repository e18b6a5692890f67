import { type Client } from '@temporalio/client';
import { type tellCaller } from '../../workflows';
import { DEFAULT_TASK_QUEUE } from '../../workflows/contract';
import { TENANT } from '../../workflows/search-attributes';
import { type WrittenCallback } from '../database/written-callback';
import { fairnessKeyFor } from './start-options';
import { toTemporalError } from './to-temporal-error';

/** How long a start may take, in milliseconds: whoever has written the callback waits for it, and the sweep makes up for it. */
const CALL_TIMEOUT_MS = 2_000;

/** Starts the workflows that tell callers. */
export interface CallbackClient {
  /** Has a callback told; while that is under way, again changes nothing. @throws TemporalUnavailableError */
  startCallback(callback: WrittenCallback): Promise<void>;
}

export function createCallbackClient(client: Client, taskQueue: string = DEFAULT_TASK_QUEUE): CallbackClient {
  return {
    startCallback: async ({ callbackId, tenant }) => {
      try {
        await client.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
          client.workflow.start<typeof tellCaller>('tellCaller', {
            workflowId: `tell-caller-${callbackId}`,
            taskQueue,
            args: [{ callbackId }],
            workflowIdConflictPolicy: 'USE_EXISTING',
            // One that was told or given up has ended; a redriven one is told anew. Whether there is anything to tell, the row says.
            workflowIdReusePolicy: 'ALLOW_DUPLICATE',
            typedSearchAttributes: [{ key: TENANT, value: tenant }],
            priority: { fairnessKey: fairnessKeyFor(tenant) },
          }),
        );
      } catch (error) {
        throw toTemporalError(error);
      }
    },
  };
}
