import { type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { tsToMs } from '@temporalio/common/lib/time';
import { callbackTaskQueue, DEFAULT_TASK_QUEUE, twilioTaskQueue } from '../../workflows/contract';

const { TASK_QUEUE_TYPE_WORKFLOW, TASK_QUEUE_TYPE_ACTIVITY } = temporal.api.enums.v1.TaskQueueType;

/** The server remembers pollers for some minutes; one that runs comes back every minute at the latest. */
const GONE_AFTER_MS = 120_000;

/** The task queues that need a worker, with what is polled there. */
export const TASK_QUEUES = [
  { name: DEFAULT_TASK_QUEUE, type: TASK_QUEUE_TYPE_WORKFLOW },
  { name: twilioTaskQueue(DEFAULT_TASK_QUEUE), type: TASK_QUEUE_TYPE_ACTIVITY },
  { name: callbackTaskQueue(DEFAULT_TASK_QUEUE), type: TASK_QUEUE_TYPE_ACTIVITY },
] as const;

/** How many pollers a task queue has had lately. */
export async function countPollers(
  client: Client,
  { name, type }: (typeof TASK_QUEUES)[number],
  nowMs: number,
): Promise<number> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name },
    taskQueueType: type,
  });
  return pollers.filter(
    ({ lastAccessTime }) =>
      lastAccessTime !== null && lastAccessTime !== undefined && nowMs - tsToMs(lastAccessTime) < GONE_AFTER_MS,
  ).length;
}
