import { type Client } from '@temporalio/client';
import { type Environment } from '../src/config/environment';
import { openTemporalServer } from '../src/local/open-temporal-server';
import { startPostgres } from '../src/local/postgres';
import { type Progress } from '../src/local/progress';
import { type ResourceStack } from '../src/resource-stack';
import { runSetup } from '../src/setup/run-setup';
import { connectClient } from '../src/temporal/connect-client';

/** The default: what production does, the measured system does too. */
const SWEEP_INTERVAL_MS = 30_000;

/** The servers that everything is measured on. */
export interface Servers {
  readonly databaseUrl: string;
  readonly temporal: { readonly address: string; readonly namespace: string };
  /** The benchmark's own connection to Temporal. */
  readonly client: Client;
  readonly isDevServer: boolean;
}

export interface StartServersOptions {
  readonly environment: Environment;
  readonly progress: Progress;
  readonly resources: ResourceStack;
  readonly signal: AbortSignal;
}

/** Starts Postgres, which keeps its commits safe as in production, and Temporal, and makes both ready for posthorn. */
export async function startServers(options: StartServersOptions): Promise<Servers> {
  const { environment, progress, resources, signal } = options;
  const postgres = resources.use(
    'Postgres',
    await startPostgres({ databaseUrl: environment['DATABASE_URL'], durable: true, progress, signal }),
  );
  const server = resources.use(
    'Temporal server',
    await openTemporalServer({
      environment,
      signal,
      progress,
      namespace: environment['TEMPORAL_NAMESPACE'] ?? 'default',
      searchAttributes: {},
      ui: false,
    }),
  );
  const { address, namespace } = server;
  const temporal = { namespace, connectionOptions: { address } };
  await runSetup({ databaseUrl: postgres.url, temporal, sweepIntervalMs: SWEEP_INTERVAL_MS }, progress);
  const { client, close } = connectClient(temporal, []);
  resources.add('connection to Temporal', close);
  return {
    databaseUrl: postgres.url,
    temporal: { address, namespace },
    client,
    isDevServer: (environment['TEMPORAL_ADDRESS'] ?? '') === '',
  };
}
