import { NativeConnection } from '@temporalio/worker';
import { composeActivities } from './compose-worker';
import { type WorkerConfig } from './config/worker-config';
import { createDatabase } from './database/client';
import { type ResourceStack } from './resource-stack';
import { assertReady } from './setup/assert-ready';
import { type Logger } from './telemetry/logger';
import { connectClient } from './temporal/connect-client';
import { createMessageClient } from './temporal/create-message-client';
import { startWorkers, TWILIO_ACTIVITIES_PER_SECOND, type Workers } from './temporal/create-workers';
import { createDataConverter } from './temporal/data-converter';
import { loadWorkflowBundle } from './temporal/workflow-bundle';

/** Connections to Postgres of one worker process: writes take milliseconds, so a few serve many messages. */
const DATABASE_POOL_MAX = 10;

export interface StartWorkerOptions {
  readonly config: WorkerConfig;
  readonly logger: Logger;
  /** Everything that is started is put on it. */
  readonly resources: ResourceStack;
  /** Calls to Twilio a second over all workers; without it Twilio's own limit. */
  readonly twilioActivitiesPerSecond?: number;
}

/**
 * Starts the workers of one process.
 * @throws NotReadyError when `posthorn setup` has to be run first.
 */
export async function startWorker({ config, logger, resources, ...limits }: StartWorkerOptions): Promise<Workers> {
  const { encryptionKeys, temporal } = config;
  const knex = createDatabase({
    url: config.databaseUrl,
    poolMax: DATABASE_POOL_MAX,
    applicationName: 'posthorn worker',
  });
  resources.add('database pool', () => knex.destroy());
  const { client, close } = connectClient(temporal, encryptionKeys);
  resources.add('Temporal client', close);
  await assertReady(knex, client);

  const connection = await NativeConnection.connect(temporal.connectionOptions);
  resources.add('Temporal connection of the workers', () => connection.close());
  const workers = await startWorkers({
    connection,
    namespace: temporal.namespace,
    workflowBundle: await loadWorkflowBundle(logger),
    activities: composeActivities(config, knex, createMessageClient(client)),
    dataConverter: createDataConverter(encryptionKeys),
    twilioActivitiesPerSecond: limits.twilioActivitiesPerSecond ?? TWILIO_ACTIVITIES_PER_SECOND,
  });
  return resources.use('workers', workers);
}
