import { randomUUID } from 'node:crypto';
import { type Client, type WorkflowHandle } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { type Knex } from 'knex';
import { createPollReceipts } from '../../../activities/poll-receipts';
import { createSendMessage } from '../../../activities/send-message';
import { createRecordActivities } from '../../../activities';
import { createDeadLetterStore } from '../../../src/database/dead-letter-store';
import { createFanOutStore } from '../../../src/database/fan-out-store';
import { createInboxStore, type IncomingReceipt } from '../../../src/database/inbox-store';
import { createMessageStore, type MessageRecord, type MessageStore } from '../../../src/database/message-store';
import { createOptOutStore } from '../../../src/database/opt-out-store';
import { createOutcomeCorrector } from '../../../src/database/outcome-corrector';
import { createTaskStore } from '../../../src/database/task-store';
import { DEFAULT_OPT_OUT_CODES } from '../../../src/domain/opt-out-code';
import { createAcceptReceipt } from '../../../src/inbox/accept-receipt';
import { createBackground } from '../../../src/inbox/background';
import { createOptOutMarker } from '../../../src/inbox/opt-out-marker';
import { startRelay } from '../../../src/inbox/relay';
import { createTellWorkflow } from '../../../src/inbox/tell-workflow';
import { createResourceStack, type ResourceStack } from '../../../src/resource-stack';
import { createLogger } from '../../../src/telemetry/logger';
import { connectClient } from '../../../src/temporal/connect-client';
import { createMessageClient } from '../../../src/temporal/create-message-client';
import { type MessageClient } from '../../../src/temporal/message-client';
import { startOptions } from '../../../src/temporal/start-options';
import { type deliverMessage } from '../../../workflows';
import { type DeliverMessageInput } from '../../../workflows/contract';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { type TestEvidence } from '../../support/expect-no-violations';
import { newReceipt } from '../../support/database-fixtures';
import { installQuietRuntime } from '../../support/quiet-runtime';
import { testServices } from '../../support/test-services';
import { until } from '../../support/until';
import { type HookedMessages, withOutcomeHooks } from './outcome-hooks';
import { createTwilioDouble, type TwilioDouble } from './twilio-double';
import { createTwilioLog } from './twilio-log';
import { createWorkerSwitch } from './worker-switch';

/** Soon, so that a test does not wait for what posthorn leaves to the relay. */
const SIGNAL_GRACE_MS = 100;
const NAMESPACE = 'default';

/** posthorn with everything real but Twilio: workflow, activities, inbox, relay, Postgres and Temporal. */
export interface Stage {
  readonly database: TestDatabase;
  readonly client: Client;
  readonly twilio: TwilioDouble;
  /** For the checker. */
  readonly evidence: TestEvidence;
  readonly aroundOutcome: HookedMessages['aroundOutcome'];
  start(input: DeliverMessageInput): Promise<WorkflowHandle<typeof deliverMessage>>;
  /** Tells of a receipt of an attempt, as Twilio's webhook would. */
  tell(
    input: DeliverMessageInput,
    attempt: number,
    status: string,
    overrides?: Partial<IncomingReceipt>,
  ): Promise<void>;
  show(input: DeliverMessageInput): Promise<MessageRecord>;
  /** Waits until the message is as it should be. */
  shown(what: string, input: DeliverMessageInput, isSo: (message: MessageRecord) => boolean): Promise<MessageRecord>;
  /** Waits until Temporal has taken the signals that were begun. */
  signalled(): Promise<void>;
  /** Waits until no receipt is due for a signal. */
  settled(): Promise<void>;
  startWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  stop(): Promise<void>;
}

export async function startStage(): Promise<Stage> {
  installQuietRuntime();
  const resources = createResourceStack({ stopWithinMs: 20_000, report: () => undefined });
  const database = await createTestDatabase();
  resources.add('database', () => database.drop());
  const knex = database.database;
  const taskQueue = `late-truth-${randomUUID()}`;
  const connectionOptions = { address: testServices().temporalAddress };
  const { client, close } = connectClient({ namespace: NAMESPACE, connectionOptions }, []);
  resources.add('client', close);
  const log = await createTwilioLog();
  resources.add('log', () => log.remove());
  const parts = createParts(knex, createTwilioDouble(log));
  const receipts = startReceipts(parts, createMessageClient(client, taskQueue), resources);
  const worker = await startWorker(parts, taskQueue, resources);
  const { messages, twilio } = parts;
  const acceptedMessageIds: string[] = [];
  return {
    database,
    client,
    twilio,
    evidence: { logFile: log.file, databaseUrl: database.url, namespace: NAMESPACE, acceptedMessageIds },
    start: async (input) => {
      const handle = await client.workflow.start<typeof deliverMessage>(
        'deliverMessage',
        startOptions(input, taskQueue),
      );
      acceptedMessageIds.push(input.messageId);
      return handle;
    },
    tell: async ({ messageId }, attempt, status, overrides) => {
      const created = await until(`attempt ${attempt}`, () => twilio.createdFor(messageId, attempt));
      const receipt = newReceipt(created, { status, ...overrides });
      log.changed(receipt);
      await receipts.accept(receipt);
      log.answered(receipt);
    },
    show: ({ messageId, tenant }) => showMessage(messages, tenant, messageId),
    aroundOutcome: (messageId, run) => parts.aroundOutcome(messageId, run),
    shown: (what, { messageId, tenant }, isSo) =>
      until(what, async () => {
        const message = await messages.find(tenant, messageId);
        return message !== undefined && isSo(message) ? message : undefined;
      }),
    signalled: () => receipts.signalled(),
    settled: async () => {
      await receipts.signalled();
      const due = () => knex('delivery_events').whereNotNull('signal_due_at');
      await until('receipts to be settled', async () => (await due()).length === 0);
    },
    startWorker: () => worker.start(),
    stopWorker: () => worker.stop(),
    stop: () => stopAll(resources),
  };
}

/** What both processes have in common, and the Twilio that is played. */
function createParts(knex: Knex, twilio: TwilioDouble) {
  return {
    ...withOutcomeHooks(createMessageStore(knex)),
    twilio,
    inbox: createInboxStore(knex, { signalGraceMs: SIGNAL_GRACE_MS }),
    fanOut: createFanOutStore(knex),
    tasks: createTaskStore(knex),
    deadLetters: createDeadLetterStore(knex),
    optOuts: createOptOutStore(knex),
    markAddress: createOptOutMarker({ optOuts: createOptOutStore(knex), optOutCodes: DEFAULT_OPT_OUT_CODES }),
    correctOutcome: createOutcomeCorrector(knex, DEFAULT_OPT_OUT_CODES),
  };
}

type Parts = ReturnType<typeof createParts>;

/** What the API does with receipts, and its relay. */
function startReceipts({ inbox, ...parts }: Parts, client: MessageClient, resources: ResourceStack) {
  const tellWorkflow = createTellWorkflow({ ...parts, client });
  const background = createBackground({ limit: 100, report: () => undefined });
  const logger = createLogger({ level: 'silent', name: 'test', destination: { write: () => undefined } });
  resources.add('signals under way', () => background.idle());
  resources.use('relay', startRelay({ inbox, tellWorkflow, logger }, { intervalMs: 20, batchSize: 50 }));
  return { accept: createAcceptReceipt({ inbox, tellWorkflow, background }), signalled: () => background.idle() };
}

async function startWorker({ twilio, ...parts }: Parts, taskQueue: string, resources: ResourceStack) {
  const connection = await NativeConnection.connect({ address: testServices().temporalAddress });
  resources.add('worker connection', () => connection.close());
  const deps = {
    ...parts,
    client: { start: () => Promise.reject(new Error('nothing is started here')) },
    gateway: twilio.gateway,
    optOutCodes: DEFAULT_OPT_OUT_CODES,
    senders: { sms: '+12025550100' },
    conversations: { keptSender: () => Promise.resolve(undefined) },
    lookUpDelaysMs: [0],
    requestTimeoutMs: 5_000,
    quietHours: [],
    now: Date.now,
  };
  const worker = createWorkerSwitch(connection, NAMESPACE, taskQueue, {
    workflows: createRecordActivities({ ...deps, recordCallOptOut: () => Promise.resolve() }),
    twilio: { sendMessage: createSendMessage(deps), pollReceipts: createPollReceipts(deps) },
  });
  await worker.start();
  resources.add('worker', () => worker.stop());
  return worker;
}

async function showMessage(messages: MessageStore, tenant: string, messageId: string): Promise<MessageRecord> {
  const message = await messages.find(tenant, messageId);
  if (message === undefined) {
    throw new Error(`there is no message ${messageId}`);
  }
  return message;
}

async function stopAll(resources: ResourceStack): Promise<void> {
  const problems = await resources.stopAll();
  if (problems.length > 0) {
    throw new Error(`not stopped: ${problems.map(({ name }) => name).join(', ')}`);
  }
}
