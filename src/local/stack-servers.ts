import { join } from 'node:path';
import { type Environment } from '../config/environment';
import { type ResourceStack } from '../resource-stack';
import { openTemporalServer } from './open-temporal-server';
import { startPostgres } from './postgres';
import { type Progress } from './progress';
import { type Outage } from './restartable';
import { type TemporalServer } from './temporal-server';

export interface StackServersOptions {
  /** DATABASE_URL and TEMPORAL_ADDRESS take servers that are there; see openTemporalServer for the rest. */
  readonly environment: Environment;
  readonly progress: Progress;
  /**
   * A folder for Temporal's database; Postgres makes commits safe then too, so that both survive being killed. Without it both
   * are fast and forget.
   */
  readonly durableIn?: string;
  /** Everything that is started is put on it. */
  readonly resources: ResourceStack;
  /** Ends whatever is being fetched or started. */
  readonly signal: AbortSignal;
}

/** What posthorn stands on. */
export interface StackServers {
  readonly databaseUrl: string;
  readonly temporal: TemporalServer;
  /** Of a Postgres that was started here. */
  readonly postgresOutage?: Outage;
}

/** Starts Postgres and Temporal, or takes those that the environment names. */
export async function startStackServers(options: StackServersOptions): Promise<StackServers> {
  const { durableIn, environment, progress, resources, signal } = options;
  const durable = durableIn !== undefined;
  const postgres = resources.use(
    'Postgres',
    await startPostgres({ databaseUrl: environment['DATABASE_URL'], durable, progress, signal }),
  );
  const temporal = resources.use(
    'Temporal server',
    await openTemporalServer({
      environment,
      signal,
      namespace: environment['TEMPORAL_NAMESPACE'] ?? 'default',
      searchAttributes: {},
      ui: true,
      progress,
      ...(durable && { databaseFile: join(durableIn, 'temporal.sqlite') }),
    }),
  );
  const { outage: postgresOutage, url: databaseUrl } = postgres;
  return { databaseUrl, temporal, ...(postgresOutage && { postgresOutage }) };
}
