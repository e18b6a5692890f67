import { type DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import {
  createCallbackActivities,
  createRecordActivities,
  createRepairActivities,
  createTwilioActivities,
  type ActivityDependencies,
} from '../../activities';
import { measuredActivities } from '../telemetry/metrics/measured-activities';
import { type WorkerMetrics } from '../telemetry/metrics/worker-metrics';
import { callbackTaskQueue, DEFAULT_TASK_QUEUE, twilioTaskQueue } from '../../workflows/contract';

/**
 * Twilio allows 30 creates a second per conversation service; all workers of the queue share this limit, which the server keeps.
 * Source: https://www.twilio.com/docs/conversations/conversations-limits
 */
export const TWILIO_ACTIVITIES_PER_SECOND = 30;

/** Sends under way at once in one worker: each waits for Twilio most of the time. */
const MAX_CONCURRENT_SENDS = 100;

/** Calls to callers under way at once in one worker: slow ones keep each other waiting, and nothing else. */
const MAX_CONCURRENT_CALLBACKS = 50;

/** Beats closer together are put into one; so far apart, one may be lost before a send is taken for dead. */
const HEARTBEAT_INTERVAL = '4s';

/** Workflows kept in memory, so that growth ends before memory does: about 1 MiB each at most. */
const MAX_CACHED_WORKFLOWS = 1_000;

/** How long activities that are under way may take to end when a worker stops, before they are given up. */
const SHUTDOWN_GRACE_TIME = '20s';

export interface WorkersOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly workflowBundle: WorkflowBundleOption;
  readonly activities: ActivityDependencies;
  readonly metrics: WorkerMetrics;
  readonly dataConverter: DataConverter;
  /** Calls to Twilio a second, over all workers. */
  readonly twilioActivitiesPerSecond: number;
  readonly taskQueue?: string;
  readonly maxCachedWorkflows?: number;
}

/** One worker for workflows and what is local to them, one for calls to Twilio, one for calls to callers. They live and die together. */
export interface Workers {
  /** Resolves when all have stopped, rejects when one fails; the others are then stopped. */
  readonly running: Promise<void>;
  /** Lets go of what is under way and resolves when all have stopped. */
  stop(): Promise<void>;
}

export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const {
    activities,
    connection,
    metrics,
    dataConverter,
    namespace,
    taskQueue = DEFAULT_TASK_QUEUE,
    workflowBundle,
  } = options;
  const shared = { connection, namespace, dataConverter, shutdownGraceTime: SHUTDOWN_GRACE_TIME } as const;
  const workflows = await Worker.create({
    ...shared,
    taskQueue,
    workflowBundle,
    activities: measuredActivities(
      { ...createRecordActivities(activities), ...createRepairActivities(activities) },
      metrics,
    ),
    maxCachedWorkflows: options.maxCachedWorkflows ?? MAX_CACHED_WORKFLOWS,
  });
  const twilio = await Worker.create({
    ...shared,
    taskQueue: twilioTaskQueue(taskQueue),
    activities: measuredActivities(createTwilioActivities(activities), metrics),
    maxTaskQueueActivitiesPerSecond: options.twilioActivitiesPerSecond,
    maxConcurrentActivityTaskExecutions: MAX_CONCURRENT_SENDS,
    maxHeartbeatThrottleInterval: HEARTBEAT_INTERVAL,
  });
  const callbacks = await Worker.create({
    ...shared,
    taskQueue: callbackTaskQueue(taskQueue),
    activities: measuredActivities(createCallbackActivities(activities), metrics),
    maxConcurrentActivityTaskExecutions: MAX_CONCURRENT_CALLBACKS,
  });
  return runTogether([workflows, twilio, callbacks]);
}

function runTogether(workers: readonly Worker[]): Workers {
  const stopAll = (): void =>
    workers.filter((worker) => worker.getState() === 'RUNNING').forEach((worker) => worker.shutdown());
  const runs = workers.map((worker) => worker.run());
  runs.forEach((run) => void run.catch(stopAll));
  const running = Promise.all(runs).then(() => undefined);
  // A failure is reported through `running`; nobody may be listening yet.
  running.catch(() => undefined);
  return {
    running,
    stop: async () => {
      stopAll();
      await Promise.allSettled(runs);
    },
  };
}
