import { bundleWorkflowCode } from '@temporalio/worker';
import { createDatabase } from '../../src/database/client';
import { parseSid } from '../../src/domain/sid';
import { createLogger } from '../../src/telemetry/logger';
import { installRuntime } from '../../src/temporal/install-runtime';
import { createTemporalLogger } from '../../src/temporal/log-adapter';
import { createTwilioClient } from '../../src/twilio/twilio-client';
import { runPart } from '../process/run-part';
import { MAX_CACHED_WORKFLOWS, MAX_CONCURRENT_ACTIVITIES } from '../throughput/bench-worker-settings';
import { connectWorkers, startBenchWorker } from '../throughput/start-bench-worker';
import { createStraightforwardActivities } from './activities';
import { STRAIGHTFORWARD_TASK_QUEUE } from './contract';
import { type StraightforwardWorkerSettings } from './settings';

/** As many connections to Postgres as posthorn's worker has. */
const DATABASE_POOL_MAX = 10;

/** The worker of the straightforward job: one queue for everything, so that activities may start eagerly. */
runPart<StraightforwardWorkerSettings, null>(async (settings, { resources }) => {
  const { databaseUrl, twilio, twilioUrl } = settings;
  const logger = createLogger({ level: 'error', name: 'straightforward worker', destination: process.stderr });
  installRuntime(logger);
  const knex = createDatabase({
    url: databaseUrl,
    poolMax: DATABASE_POOL_MAX,
    applicationName: 'straightforward worker',
  });
  resources.add('database pool', () => knex.destroy());
  const client = createTwilioClient({
    accountSid: parseSid(twilio.accountSid, 'AC'),
    apiKeySid: parseSid(twilio.apiKeySid, 'SK'),
    apiKeySecret: twilio.apiKeySecret,
    baseUrl: twilioUrl,
  });
  await startBenchWorker(
    {
      ...(await connectWorkers(settings, resources)),
      taskQueue: STRAIGHTFORWARD_TASK_QUEUE,
      workflowBundle: await bundleWorkflowCode({
        workflowsPath: require.resolve('./workflows'),
        logger: createTemporalLogger(logger),
      }),
      activities: createStraightforwardActivities({
        knex,
        service: client.conversations.v1.services(twilio.serviceSid),
      }),
      maxCachedWorkflows: MAX_CACHED_WORKFLOWS,
      maxConcurrentActivityTaskExecutions: MAX_CONCURRENT_ACTIVITIES,
    },
    resources,
  );
  return { facts: null };
});
