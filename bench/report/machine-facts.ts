import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { type Client } from '@temporalio/client';
import { createDatabase } from '../../src/database/client';
import { query } from '../../src/database/rows';

const BYTES_PER_GIB = 1024 ** 3;

/** Where the figures come from: they hold for this machine, the ratios for others too. */
export interface MachineFacts {
  readonly cores: number;
  readonly cpuModel: string;
  readonly memoryGiB: number;
  readonly operatingSystem: string;
  readonly nodeVersion: string;
  /** Processes that wanted a core in the minute before the start: well above 0 means that others used the machine too. */
  readonly loadBefore: number;
  readonly temporalServer: string;
  readonly postgres: string;
}

/** Asks machine, Temporal and Postgres who they are. */
export async function machineFacts(options: {
  readonly databaseUrl: string;
  readonly client: Client;
  /** Whether the benchmark started Temporal's dev server itself. */
  readonly isDevServer: boolean;
}): Promise<MachineFacts> {
  const { serverVersion } = await options.client.workflowService.getSystemInfo({});
  const kind = options.isDevServer ? 'dev server in memory, one shard' : 'existing server, as TEMPORAL_ADDRESS says';
  return {
    cores: availableParallelism(),
    cpuModel: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / BYTES_PER_GIB),
    operatingSystem: `${platform()} ${release()}`,
    nodeVersion: process.version,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    temporalServer: `${serverVersion} (${kind})`,
    postgres: await postgresFacts(options.databaseUrl),
  };
}

async function postgresFacts(url: string): Promise<string> {
  const knex = createDatabase({ url, poolMax: 1, applicationName: 'posthorn bench' });
  try {
    const [row] = await query<{ version: string; fsync: string; commit: string }>(
      knex,
      `select current_setting('server_version') as version, current_setting('fsync') as fsync,
         current_setting('synchronous_commit') as commit`,
      {},
    );
    return row === undefined ? 'unknown' : `${row.version} (fsync ${row.fsync}, synchronous_commit ${row.commit})`;
  } finally {
    await knex.destroy();
  }
}
