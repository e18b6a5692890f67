import { bundleWorkflowCode } from '@temporalio/worker';
import { createLogger } from '../../src/telemetry/logger';
import { installRuntime } from '../../src/temporal/install-runtime';
import { createTemporalLogger } from '../../src/temporal/log-adapter';
import { UNLIMITED_PER_SECOND } from '../posthorn/posthorn-settings';
import { runPart } from '../process/run-part';
import {
  type BenchWorkerSettings,
  MAX_CACHED_WORKFLOWS,
  MAX_CONCURRENT_ACTIVITIES,
} from '../throughput/bench-worker-settings';
import { connectWorkers, startBenchWorker } from '../throughput/start-bench-worker';
import { createEmptyActivities } from './activities';
import { EMPTY_ACTIVITY_QUEUE, EMPTY_TASK_QUEUE } from './contract';

/** The workers of the empty workflow, set up as posthorn's are. Notices are the workflow ids that have had their activity. */
runPart<BenchWorkerSettings, null>(async (settings, { notify, resources }) => {
  const logger = createLogger({ level: 'error', name: 'empty worker', destination: process.stderr });
  installRuntime(logger);
  const connected = await connectWorkers(settings, resources);
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: require.resolve('./workflows'),
    logger: createTemporalLogger(logger),
  });
  await startBenchWorker(
    { ...connected, taskQueue: EMPTY_TASK_QUEUE, workflowBundle, maxCachedWorkflows: MAX_CACHED_WORKFLOWS },
    resources,
  );
  await startBenchWorker(
    {
      ...connected,
      taskQueue: EMPTY_ACTIVITY_QUEUE,
      activities: createEmptyActivities(notify),
      maxTaskQueueActivitiesPerSecond: UNLIMITED_PER_SECOND,
      maxConcurrentActivityTaskExecutions: MAX_CONCURRENT_ACTIVITIES,
    },
    resources,
  );
  return { facts: null };
});
