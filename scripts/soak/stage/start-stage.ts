import { type Client } from '@temporalio/client';
import { type Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Environment } from '../../../src/config/environment';
import { createDatabase } from '../../../src/database/client';
import { freePort } from '../../../src/local/free-port';
import { LOCAL_TENANT, type LocalCredentials, randomCredentials } from '../../../src/local/local-credentials';
import { type Progress } from '../../../src/local/progress';
import { type Outage } from '../../../src/local/restartable';
import { createRunFolder } from '../../../src/local/run-folder';
import { type StackServers, startStackServers } from '../../../src/local/stack-servers';
import { LOCAL_PUBLIC_BASE_URL, stackVariables } from '../../../src/local/stack-variables';
import { startTcpProxy, type TcpProxy } from '../../../src/local/tcp-proxy';
import { type ResourceStack } from '../../../src/resource-stack';
import { runSetup } from '../../../src/setup/run-setup';
import { configureWebhooks, DELIVERY_FILTERS } from '../../../src/simulator/configure-webhooks';
import { type Simulator, startSimulator } from '../../../src/simulator/start-simulator';
import { connectClient } from '../../../src/temporal/connect-client';
import { type Caller, startCaller } from '../load/caller';
import { makeGroups } from '../load/groups';
import { type Audience } from '../load/random-request';
import { type Random } from '../random';
import { type Tally } from '../tally';
import { type Service, startService } from './service';

/** Short enough for a run of two minutes to see many sweeps. */
const SWEEP_INTERVAL_MS = 2_000;
const RECEIPT_QUIET_AFTER = '3s';

/** As many as Standard Webhooks has at the least. */
const SECRET_BYTES = 24;

const SERVICE_NAMES = ['api 1', 'api 2', 'worker 1', 'worker 2'] as const;

export interface StageOptions {
  /** Of this process: it says which servers to use, see `startStackServers`. */
  readonly environment: Environment;
  readonly progress: Progress;
  readonly resources: ResourceStack;
  readonly signal: AbortSignal;
  readonly isBuilt: boolean;
  readonly random: Random;
  readonly tally: Tally;
}

/** posthorn as it is deployed, two processes of each kind, with a way to every neighbour that can be cut. */
export interface Stage {
  /** What stands before the APIs, for callers and for Twilio. */
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly credentials: LocalCredentials['twilio'];
  readonly services: readonly Service[];
  readonly simulator: Simulator;
  /** The servers, when the run has started them itself. */
  readonly servers: readonly { readonly name: string; readonly outage: Outage }[];
  /** Who is written to, and who is told of it. */
  readonly audience: Audience;
  readonly caller: Caller;
  /** The ways from posthorn to its neighbours, and from everybody to the APIs. */
  readonly ways: Readonly<Record<'Postgres' | 'Temporal' | 'Twilio' | 'API', TcpProxy>>;
  /** Straight to the servers, for those who look at what became of it all. */
  readonly knex: Knex;
  readonly temporal: Client;
  /** Where the simulator writes down what it took and told. */
  readonly logFile: string;
}

/** Starts everything and waits until it serves. */
export async function startStage(options: StageOptions): Promise<Stage> {
  const { progress, resources, signal } = options;
  const folder = await createRunFolder(tmpdir());
  resources.add('folder of the run', () => folder.remove());
  const servers = await startStackServers({ ...options, durableIn: folder.path });
  const way = async (name: string, host: string, ...ports: number[]): Promise<TcpProxy> =>
    resources.use(`way to ${name}`, await startTcpProxy(...ports.map((port) => ({ host, port }))));

  const apiPorts = [await freePort(), await freePort()];
  const api = await way('the API', '127.0.0.1', ...apiPorts);
  const apiUrl = `http://127.0.0.1:${api.port}`;
  const { apiKey, twilio: credentials } = randomCredentials();
  const logFile = path.join(folder.path, 'simulator.jsonl');
  const simulator = await startTwilio({ resources, credentials, apiUrl, logFile });
  const database = new URL(servers.databaseUrl);
  const [temporalHost = '', temporalPort] = servers.temporal.address.split(':');
  const ways = {
    Postgres: await way('Postgres', database.hostname, Number(database.port)),
    Temporal: await way('Temporal', temporalHost, Number(temporalPort)),
    Twilio: await way('Twilio', '127.0.0.1', simulator.port),
    API: api,
  };
  const straight = stackVariables(servers, { apiKey, twilio: credentials }, 0);
  await makeReady(servers, progress);
  signal.throwIfAborted();

  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  const caller = resources.use('caller', await startCaller({ secret, random: options.random, tally: options.tally }));
  const environment = { ...straight, ...detours(database, ways), ...callbackVariables(secret), TMPDIR: folder.path };
  const services = await startServices({ ...options, environment, apiPorts });
  const audience = { groups: await makeGroups({ credentials, simulator }), callbackUrl: caller.callbackUrl };
  const known = { apiUrl, apiKey, credentials, services, simulator, ways, logFile, audience, caller };
  return { ...known, servers: outagesOf(servers), ...observe(servers, resources) };
}

function outagesOf({ postgresOutage, temporal }: StackServers): Stage['servers'] {
  return [
    ...(postgresOutage === undefined ? [] : [{ name: 'Postgres', outage: postgresOutage }]),
    ...(temporal.outage === undefined ? [] : [{ name: 'Temporal', outage: temporal.outage }]),
  ];
}

function callbackVariables(secret: string): Environment {
  return { POSTHORN_CALLBACK_SECRETS: `${LOCAL_TENANT}:${secret}`, POSTHORN_CALLBACK_ALLOW_PRIVATE: 'true' };
}

async function startTwilio(options: {
  readonly resources: ResourceStack;
  readonly credentials: LocalCredentials['twilio'];
  readonly apiUrl: string;
  readonly logFile: string;
}): Promise<Simulator> {
  const { resources, credentials, apiUrl, logFile } = options;
  const webhookOrigins = { [LOCAL_PUBLIC_BASE_URL]: apiUrl };
  const simulator = resources.use('simulator', await startSimulator({ ...credentials, webhookOrigins, logFile }));
  await configureWebhooks({
    ...credentials,
    url: simulator.url,
    webhookUrl: `${LOCAL_PUBLIC_BASE_URL}/webhooks/twilio/conversations`,
    filters: DELIVERY_FILTERS,
  });
  return simulator;
}

async function makeReady({ databaseUrl, temporal }: StackServers, progress: Progress): Promise<void> {
  const { address, namespace } = temporal;
  const connection = { namespace, connectionOptions: { address } };
  await runSetup({ databaseUrl, temporal: connection, sweepIntervalMs: SWEEP_INTERVAL_MS }, progress);
}

/** What posthorn's environment says instead of the straight ways. */
function detours(database: URL, ways: Stage['ways']): Environment {
  const databaseUrl = new URL(database);
  databaseUrl.host = `127.0.0.1:${ways.Postgres.port}`;
  return {
    DATABASE_URL: databaseUrl.href,
    TEMPORAL_ADDRESS: `127.0.0.1:${ways.Temporal.port}`,
    TWILIO_API_BASE_URL: `http://127.0.0.1:${ways.Twilio.port}`,
    POSTHORN_RECEIPT_QUIET_AFTER: RECEIPT_QUIET_AFTER,
  };
}

async function startServices(
  options: StageOptions & { readonly environment: Environment; readonly apiPorts: readonly number[] },
): Promise<Service[]> {
  const { apiPorts, environment, isBuilt, progress, resources, tally } = options;
  const services = SERVICE_NAMES.map((name, index) => {
    const program = name.startsWith('api') ? 'server' : 'worker';
    const ownEnvironment = { ...environment, PORT: String(apiPorts[index] ?? 0) };
    return startService({ name, program, environment: ownEnvironment, isBuilt, tally });
  });
  resources.add('API and workers', async () => {
    await Promise.all(services.map((service) => service.stop()));
  });
  await Promise.all(services.map((service) => service.ready()));
  progress(`${SERVICE_NAMES.join(', ')} are running.`);
  return services;
}

function observe({ databaseUrl, temporal }: StackServers, resources: ResourceStack): Pick<Stage, 'knex' | 'temporal'> {
  const knex = createDatabase({
    url: databaseUrl,
    poolMax: 4,
    applicationName: 'posthorn soak',
    statementTimeoutMs: 0,
  });
  resources.add('database pool', () => knex.destroy());
  const { address, namespace } = temporal;
  const { client, close } = connectClient({ namespace, connectionOptions: { address } }, []);
  resources.add('Temporal client', close);
  return { knex, temporal: client };
}
