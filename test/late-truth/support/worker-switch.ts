import { type NativeConnection, Worker } from '@temporalio/worker';
import { twilioTaskQueue } from '../../../workflows/contract';
import { testServices } from '../../support/test-services';

/** The workers of a task queue and its queue for Twilio, to be stopped and started. */
export interface WorkerSwitch {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Workers that are not started yet. A signal waits a second at most for the worker that had the workflow in memory. */
export function createWorkerSwitch(
  connection: NativeConnection,
  namespace: string,
  taskQueue: string,
  activities: { readonly workflows: object; readonly twilio: object },
): WorkerSwitch {
  let stopRunning: (() => Promise<void>) | undefined;
  return {
    start: async () => {
      const options = { connection, namespace, shutdownGraceTime: '1s' } as const;
      const workflowBundle = { codePath: testServices().workflowBundlePath };
      const workers = await Promise.all([
        Worker.create({
          ...options,
          taskQueue,
          workflowBundle,
          activities: activities.workflows,
          stickyQueueScheduleToStartTimeout: '1s',
        }),
        Worker.create({ ...options, taskQueue: twilioTaskQueue(taskQueue), activities: activities.twilio }),
      ]);
      const runs = workers.map((worker) => worker.run());
      stopRunning = async () => {
        workers.forEach((worker) => worker.shutdown());
        await Promise.all(runs);
      };
    },
    stop: async () => {
      const stop = stopRunning;
      stopRunning = undefined;
      await stop?.();
    },
  };
}
