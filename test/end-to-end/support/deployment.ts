import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Environment } from '../../../src/config/environment';
import { LOCAL_SENDERS } from '../../../src/local/stack-variables';
import { LOCAL_TENANT, type LocalCredentials, randomCredentials } from '../../../src/local/local-credentials';
import { createResourceStack } from '../../../src/resource-stack';
import { configureWebhooks, DELIVERY_FILTERS } from '../../../src/simulator/configure-webhooks';
import { type SimulatorOptionsInput } from '../../../src/simulator/simulator-options';
import { type Simulator, startSimulator } from '../../../src/simulator/start-simulator';
import { freePort } from '../../../src/local/free-port';
import { createTestDatabase } from '../../support/database';
import { type TestEvidence } from '../../support/expect-no-violations';
import { testServices } from '../../support/test-services';
import { until } from '../../support/until';
import { type ApiClient, createApiClient, type MessageBody } from './api-client';
import { rememberAccepted } from './remember-accepted';
import { type ServiceProcess, startProcess } from './service-process';

/** posthorn as it is deployed: an API process, a worker process, a database and a Temporal namespace of its own. */
export interface Deployment {
  readonly api: ApiClient;
  readonly apiUrl: string;
  readonly simulator: Simulator;
  readonly credentials: LocalCredentials;
  readonly environment: Environment;
  readonly apiProcess: ServiceProcess;
  readonly workerProcess: ServiceProcess;
  /** For the checker. */
  readonly evidence: TestEvidence;
  /** Waits until the message is closed. */
  closed(messageId: string): Promise<MessageBody>;
  stop(): Promise<void>;
}

export interface DeploymentOptions {
  /** Overrides of the environment. */
  readonly variables?: Environment;
  /** How the simulator differs from what every test has. */
  readonly simulator?: Partial<SimulatorOptionsInput>;
  /** How the processes get to the servers, when not straight: each gets an address and gives the one to use. */
  readonly routes?: {
    readonly database?: (url: string) => Promise<string>;
    readonly temporal?: (address: string) => Promise<string>;
  };
}

/** Most take a second; the machine may have other things to do. */
const CLOSED_WITHIN_MS = 45_000;

/** Sets up database and namespace by `posthorn setup`, and starts both processes from nothing but the environment. */
export async function startDeployment(options: DeploymentOptions = {}): Promise<Deployment> {
  const resources = createResourceStack({ stopWithinMs: 60_000, report: () => undefined });
  try {
    return await start(resources, options);
  } catch (error) {
    await resources.stopAll();
    throw error;
  }
}

async function start(
  resources: ReturnType<typeof createResourceStack>,
  { variables, routes = {}, simulator: special = {} }: DeploymentOptions,
): Promise<Deployment> {
  const database = await createTestDatabase();
  resources.add('database', () => database.drop());
  const credentials = randomCredentials();
  const { twilio } = credentials;
  const apiPort = await freePort();
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'posthorn-deployment-'));
  resources.add('folder of the log', () => rm(folder, { recursive: true }));
  const logFile = path.join(folder, 'simulator.jsonl');
  const simulator = resources.use('simulator', await startSimulator({ ...twilio, logFile, ...special }));
  const webhookUrl = `${apiUrl}/webhooks/twilio/conversations`;
  await configureWebhooks({ ...twilio, url: simulator.url, webhookUrl, filters: DELIVERY_FILTERS });

  const { temporalAddress } = testServices();
  const namespace = `end-to-end-${randomUUID()}`;
  const environment: Environment = {
    PORT: String(apiPort),
    PUBLIC_BASE_URL: apiUrl,
    POSTHORN_API_KEYS: `${LOCAL_TENANT}:${credentials.apiKey},other:${credentials.apiKey}-other`,
    DATABASE_URL: (await routes.database?.(database.url)) ?? database.url,
    TEMPORAL_ADDRESS: (await routes.temporal?.(temporalAddress)) ?? temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_API_KEY_SID: twilio.apiKeySid,
    TWILIO_API_KEY_SECRET: twilio.apiKeySecret,
    TWILIO_CONVERSATIONS_SERVICE_SID: twilio.serviceSid,
    TWILIO_FROM: LOCAL_SENDERS.sms,
    TWILIO_API_BASE_URL: simulator.url,
    ...variables,
  };
  await setUp(environment);
  const apiProcess = startProcess('server', environment);
  resources.add('API', () => apiProcess.stop().then(() => undefined));
  const workerProcess = startProcess('worker', environment);
  resources.add('worker', () => workerProcess.stop().then(() => undefined));
  await Promise.all([apiProcess.logged('API is running'), workerProcess.logged('worker is running')]);

  const { api, acceptedMessageIds } = rememberAccepted(createApiClient(apiUrl, credentials.apiKey));
  return {
    api,
    apiUrl,
    simulator,
    credentials,
    environment,
    apiProcess,
    workerProcess,
    evidence: { logFile, databaseUrl: database.url, namespace, acceptedMessageIds },
    closed: (messageId) =>
      until(
        `the end of ${messageId}`,
        async () => {
          const { body } = await api.request('GET', `/v1/messages/${messageId}`);
          return body.status === 'closed' ? body : undefined;
        },
        CLOSED_WITHIN_MS,
      ),
    stop: async () => {
      const problems = await resources.stopAll();
      if (problems.length > 0) {
        throw new Error(`not stopped: ${problems.map(({ name }) => name).join(', ')}`);
      }
    },
  };
}

async function setUp(environment: Environment): Promise<void> {
  const setup = startProcess('cli/main', environment, ['setup']);
  const end = await setup.ended;
  if (end !== 0) {
    throw new Error(`posthorn setup ended with ${end}:\n${setup.output()}`);
  }
}
