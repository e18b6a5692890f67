import { randomUUID } from 'node:crypto';
import { type Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { Webhook } from 'standardwebhooks';
import { composeApi } from '../../../src/compose-api';
import { composeWorkerMetrics } from '../../../src/compose-worker-metrics';
import { composeActivities } from '../../../src/compose-worker';
import { loadApiConfig } from '../../../src/config/api-config';
import { loadWorkerConfig } from '../../../src/config/worker-config';
import { type CallbackStore, createCallbackStore } from '../../../src/database/callback-store';
import { type IncomingReceipt } from '../../../src/database/inbox-store';
import { createResourceStack } from '../../../src/resource-stack';
import { createLogger } from '../../../src/telemetry/logger';
import { type CallbackClient, createCallbackClient } from '../../../src/temporal/callback-client';
import { connectClient } from '../../../src/temporal/connect-client';
import { createMessageClient } from '../../../src/temporal/create-message-client';
import { startWorkers, TWILIO_ACTIVITIES_PER_SECOND } from '../../../src/temporal/create-workers';
import { createDataConverter } from '../../../src/temporal/data-converter';
import { createDeferredInbox } from '../../../src/temporal/deferred-inbox';
import { createRunFinder } from '../../../src/temporal/run-finder';
import { startOptions } from '../../../src/temporal/start-options';
import { type deliverMessage } from '../../../workflows';
import { type DeliverMessageInput, type SweepResult } from '../../../workflows/contract';
import { type Receiver, startReceiver } from '../../callbacks/support/start-receiver';
import { VALID } from '../../config/environments';
import { createTwilioDouble } from '../../late-truth/support/twilio-double';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { AT_ONCE_MS, newReceipt } from '../../support/database-fixtures';
import { installQuietRuntime } from '../../support/quiet-runtime';
import { testServices } from '../../support/test-services';
import { until } from '../../support/until';

export const CALLBACK_TENANT = 'tests';
export const CALLBACK_SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

/** Other tests use the machine too. */
const WITHIN_MS = 40_000;

/** What the receiver was told and could verify. */
export interface Told {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** posthorn with everything real but Twilio and the length of pauses, and somebody who is called. */
export interface CallbackStage {
  readonly receiver: Receiver;
  readonly callbacks: CallbackStore;
  readonly database: TestDatabase;
  readonly client: CallbackClient;
  /** Every line that was logged. */
  readonly logged: readonly string[];
  /** While it is set, no workflow of a callback can be started. */
  loseStarts(isLost: boolean): void;
  start(input: DeliverMessageInput): ReturnType<Client['workflow']['start']>;
  /** Tells of a receipt of an attempt, as Twilio's webhook would. */
  receipt(messageId: string, attempt: number, status: string, overrides?: Partial<IncomingReceipt>): Promise<void>;
  /** What the receiver was told about a message, in order; repetitions too. */
  toldOf(messageId: string): readonly Told[];
  sweep(): Promise<SweepResult>;
  stop(): Promise<void>;
}

/** @param retryDelaysMs the pauses between the tries of a callback. */
export async function startCallbackStage(retryDelaysMs: readonly number[]): Promise<CallbackStage> {
  installQuietRuntime();
  const resources = createResourceStack({ stopWithinMs: 20_000, report: () => undefined });
  const receiver = resources.use('receiver', await startReceiver());
  const database = await createTestDatabase();
  resources.add('database', () => database.drop());
  const knex = database.database;
  const { temporalAddress: address, workflowBundlePath: codePath } = testServices();
  const taskQueue = `callbacks-${randomUUID()}`;
  const { client, close } = connectClient({ namespace: 'default', connectionOptions: { address } }, []);
  resources.add('client', close);
  const environment = {
    ...VALID,
    TWILIO_FROM: '+12025550100',
    POSTHORN_CALLBACK_SECRETS: `${CALLBACK_TENANT}:${CALLBACK_SECRET}`,
    POSTHORN_CALLBACK_ALLOW_PRIVATE: 'true',
  };
  const logged: string[] = [];
  const logger = createLogger({
    level: 'debug',
    name: 'test',
    destination: { write: (line) => void logged.push(line) },
  });
  let isLost = false;
  const starts = createCallbackClient(client, taskQueue);
  const everything = {
    ...createMessageClient(client, taskQueue),
    ...createDeferredInbox(client, taskQueue),
    ...createRunFinder(client),
    startCallback: (callback: Parameters<CallbackClient['startCallback']>[0]) =>
      isLost ? Promise.reject(new Error('the process has died')) : starts.startCallback(callback),
  };
  const twilio = createTwilioDouble();
  const { app, background } = composeApi(loadApiConfig(environment), knex, everything, logger);
  resources.add('signals under way', () => background.idle());
  const connection = await NativeConnection.connect({ address });
  resources.add('connection', () => connection.close());
  const { metrics } = composeWorkerMetrics(knex);
  const composed = composeActivities(loadWorkerConfig(environment), knex, everything, logger, metrics);
  const workers = await startWorkers({
    connection,
    namespace: 'default',
    workflowBundle: { codePath },
    activities: {
      ...composed,
      gateway: { ...composed.gateway, ...twilio.gateway },
      callbackRetryDelaysMs: retryDelaysMs,
      startGraceMs: AT_ONCE_MS,
    },
    metrics,
    dataConverter: createDataConverter([]),
    twilioActivitiesPerSecond: TWILIO_ACTIVITIES_PER_SECOND,
    taskQueue,
  });
  resources.use('workers', workers);
  return {
    receiver,
    callbacks: createCallbackStore(knex),
    database,
    client: starts,
    logged,
    loseStarts: (lost) => {
      isLost = lost;
    },
    start: (input) => client.workflow.start<typeof deliverMessage>('deliverMessage', startOptions(input, taskQueue)),
    receipt: async (messageId, attempt, status, overrides) => {
      const created = await until(`attempt ${attempt}`, () => twilio.createdFor(messageId, attempt), WITHIN_MS);
      // A receipt that crosses the storing of its SID waits for the relay, and there is none here.
      const stored = knex('attempts').where({ message_sid: created.messageSid });
      await until(`the SID of attempt ${attempt}`, async () => (await stored.clone()).length === 1, WITHIN_MS);
      await app.acceptReceipt(newReceipt(created, { status, ...overrides }));
    },
    toldOf: (messageId) => receiver.calls.map(read).filter(({ data }) => data['messageId'] === messageId),
    sweep: async () =>
      (await client.workflow.execute('sweepReceipts', {
        workflowId: randomUUID(),
        taskQueue,
        args: [],
      })) as SweepResult,
    stop: async () => {
      const problems = await resources.stopAll();
      if (problems.length > 0) {
        throw new Error(`not stopped: ${problems.map(({ name }) => name).join(', ')}`);
      }
    },
  };
}

/** @throws WebhookVerificationError */
function read({ body, headers }: Receiver['calls'][number]): Told {
  const event = new Webhook(CALLBACK_SECRET).verify(body, headers as Record<string, string>) as Omit<Told, 'id'>;
  return { id: String(headers['webhook-id']), ...event };
}
