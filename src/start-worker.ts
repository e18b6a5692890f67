import { NativeConnection } from '@temporalio/worker';
import { collectDefaultMetrics, type Registry } from 'prom-client';
import { composeActivities } from './compose-worker';
import { composeWorkerMetrics } from './compose-worker-metrics';
import { type WorkerConfig } from './config/worker-config';
import { createDatabase } from './database/client';
import { POOL_SIZES } from './database/pool-sizes';
import { listen } from './http/listen';
import { type ResourceStack } from './resource-stack';
import { assertReady } from './setup/assert-ready';
import { type Logger } from './telemetry/logger';
import { createMetricsHandler } from './telemetry/metrics/metrics-handler';
import { createTemporalMetrics } from './telemetry/metrics/temporal-metrics';
import { createCallbackClient } from './temporal/callback-client';
import { connectClient } from './temporal/connect-client';
import { createMessageClient } from './temporal/create-message-client';
import { startWorkers, TWILIO_ACTIVITIES_PER_SECOND, type Workers } from './temporal/create-workers';
import { createDataConverter } from './temporal/data-converter';
import { loadWorkflowBundle } from './temporal/workflow-bundle';

export interface StartWorkerOptions {
  readonly config: WorkerConfig;
  readonly logger: Logger;
  /** Everything that is started is put on it. */
  readonly resources: ResourceStack;
  /** Calls to Twilio a second over all workers; without it Twilio's own limit. */
  readonly twilioActivitiesPerSecond?: number;
  /** The port of this machine where Temporal's SDK serves what it measures. */
  readonly temporalMetricsPort?: number;
}

/**
 * Starts the workers of one process.
 * @throws NotReadyError when `posthorn setup` has to be run first.
 */
export async function startWorker({ config, logger, resources, ...limits }: StartWorkerOptions): Promise<Workers> {
  const { encryptionKeys, temporal } = config;
  const knex = createDatabase({
    url: config.databaseUrl,
    poolMax: POOL_SIZES.worker,
    applicationName: 'posthorn worker',
  });
  resources.add('database pool', () => knex.destroy());
  const { client, close } = connectClient(temporal, encryptionKeys);
  resources.add('Temporal client', close);
  await assertReady(knex, client);
  const { metrics, registry } = composeWorkerMetrics(knex);
  if (config.metricsPort !== undefined) {
    await serveMetrics(registry, config.metricsPort, { logger, resources, ...limits });
  }

  const connection = await NativeConnection.connect(temporal.connectionOptions);
  resources.add('Temporal connection of the workers', () => connection.close());
  const workers = await startWorkers({
    connection,
    namespace: temporal.namespace,
    workflowBundle: await loadWorkflowBundle(logger),
    activities: composeActivities(
      config,
      knex,
      { ...createMessageClient(client), ...createCallbackClient(client) },
      logger,
      metrics,
    ),
    metrics,
    dataConverter: createDataConverter(encryptionKeys),
    twilioActivitiesPerSecond: limits.twilioActivitiesPerSecond ?? TWILIO_ACTIVITIES_PER_SECOND,
  });
  return resources.use('workers', workers);
}

/** Serves what this process measures, and behind it what Temporal's SDK does. */
async function serveMetrics(
  registry: Registry,
  port: number,
  { logger, resources, temporalMetricsPort }: Pick<StartWorkerOptions, 'logger' | 'resources' | 'temporalMetricsPort'>,
): Promise<void> {
  collectDefaultMetrics({ register: registry });
  const readMore =
    temporalMetricsPort === undefined ? () => Promise.resolve('') : createTemporalMetrics(temporalMetricsPort);
  const listener = await listen(createMetricsHandler(registry, readMore), { port, variable: 'METRICS_PORT' });
  resources.use('metrics', listener);
  logger.info({ port: listener.port }, 'metrics are served');
}
