import { randomBytes } from 'node:crypto';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { withTimeLimit } from '../time-limit';
import { type FindPort } from './free-port';
import { type Account } from './postgres-account';
import { type PostgresPrograms, postgresPrograms } from './postgres-programs';
import { initdbArguments, postgresArguments } from './postgres-settings';
import { type GuardedProcess, startGuarded } from './process/guarded-process';
import { runCommand } from './process/run-command';
import { createRestartable, type Outage } from './restartable';
import { startOnFreePorts } from './start-on-free-ports';

/** Name of the user and of the database. */
const NAME = 'posthorn';

/** Milliseconds for the server to accept connections; it needs some 20 on an empty data folder. */
const READY_WITHIN_MS = 30_000;

/** Milliseconds for an orderly stop before the server is killed. */
const KILL_AFTER_MS = 5000;

/** Postgres's "fast shutdown": sessions are ended and nothing is left in shared memory. */
const STOP_SIGNAL = 'SIGINT';

/** What an embedded Postgres is started with. */
export interface EmbeddedPostgresOptions {
  /** Folder of our own that the account can pass through; it is removed when the server is stopped. */
  readonly runFolder: string;
  /** See postgresAccount. */
  readonly account: Account | undefined;
  readonly durable: boolean;
  readonly findPort: FindPort;
  readonly signal: AbortSignal;
}

/** A Postgres of our own. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Without `durable` a server that is killed forgets its last commits. */
  readonly outage: Outage;
  stop(): Promise<void>;
}

interface Cluster extends EmbeddedPostgresOptions {
  readonly programs: PostgresPrograms;
  /** Belongs to the account, and nobody else can look inside. */
  readonly serverFolder: string;
  readonly dataFolder: string;
  readonly password: string;
}

/** Makes a data folder and starts Postgres on it; the caller removes the run folder when this fails. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await prepare(options);
  await initialise(cluster);
  return startOnFreePorts(options.findPort, 1, ([port]) => startOn(port, cluster));
}

async function startOn(port: number, cluster: Cluster): Promise<EmbeddedPostgres> {
  const first = await launchReady(cluster, port);
  try {
    await createDatabase(urlOf(cluster, port, 'postgres'));
    cluster.signal.throwIfAborted();
  } catch (error) {
    await first.stop();
    throw error;
  }
  const server = createRestartable({
    first,
    orderlySignal: STOP_SIGNAL,
    launch: () => launchReady(cluster, port),
    remove: () => rm(cluster.runFolder, { recursive: true, force: true }),
  });
  return { url: urlOf(cluster, port, NAME), ...server };
}

async function launchReady(cluster: Cluster, port: number): Promise<GuardedProcess> {
  const server = launch(cluster, port);
  try {
    await withTimeLimit(server.ready, READY_WITHIN_MS, `Postgres was not ready within ${READY_WITHIN_MS} ms.`);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

async function prepare(options: EmbeddedPostgresOptions): Promise<Cluster> {
  const { account, runFolder } = options;
  const programs = await postgresPrograms(account, runFolder);
  const serverFolder = join(runFolder, 'server');
  await mkdir(serverFolder, { mode: 0o700 });
  if (account !== undefined) {
    await chown(serverFolder, account.uid, account.gid);
  }
  const password = randomBytes(24).toString('base64url');
  return { ...options, programs, serverFolder, dataFolder: join(serverFolder, 'data'), password };
}

async function initialise(cluster: Cluster): Promise<void> {
  const { serverFolder, dataFolder, password, account } = cluster;
  const passwordFile = join(serverFolder, 'password');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== undefined) {
    await chown(passwordFile, account.uid, account.gid);
  }
  await runCommand({
    command: cluster.programs.initdb,
    args: initdbArguments(dataFolder, NAME, passwordFile),
    environment: {},
    workingFolder: serverFolder,
    signal: cluster.signal,
    ...(account && { account }),
  });
  await rm(passwordFile);
}

function launch(
  { programs, serverFolder, dataFolder, runFolder, account, durable }: Cluster,
  port: number,
): GuardedProcess {
  return startGuarded({
    command: programs.postgres,
    args: postgresArguments(dataFolder, port, durable),
    environment: {},
    workingFolder: serverFolder,
    stopSignal: STOP_SIGNAL,
    killAfterMs: KILL_AFTER_MS,
    removeWhenStopped: [runFolder],
    isReadyLine: (line) => line.includes('ready to accept connections'),
    ...(account && { account }),
  });
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
  const client = new Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    await client.query(`create database ${NAME}`);
  } finally {
    await client.end();
  }
}

function urlOf({ password }: Cluster, port: number, database: string): string {
  return `postgres://${NAME}:${password}@127.0.0.1:${port}/${database}`;
}
