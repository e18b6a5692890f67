import { createInboxStore, type InboxStore, RELAY_PACE } from '../../src/database/inbox-store';
import { createMessageStore } from '../../src/database/message-store';
import { createOptOutStore } from '../../src/database/opt-out-store';
import { createOutcomeCorrector } from '../../src/database/outcome-corrector';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { createOptOutMarker } from '../../src/inbox/opt-out-marker';
import { type RelayDependencies, type RelayOptions, startRelay } from '../../src/inbox/relay';
import { createTellWorkflow } from '../../src/inbox/tell-workflow';
import { createLogger } from '../../src/telemetry/logger';
import { TemporalUnavailableError, WorkflowMissingError } from '../../src/temporal/errors';
import { type FakeMessageClient, fakeMessageClient } from '../http/support/fake-message-client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  AT_ONCE_MS,
  newAttempt,
  newCreated,
  newMessage,
  newReceipt,
  RECIPIENT,
  SENDER,
} from '../support/database-fixtures';
import { until } from '../support/until';

const QUICK: RelayOptions = { intervalMs: 10, batchSize: 50 };
const NEVER_AGAIN_MS = 60_000;

let database: TestDatabase;
let inbox: InboxStore;
let client: FakeMessageClient;
let logged: string[];
beforeAll(async () => {
  database = await createTestDatabase();
  inbox = createInboxStore(database.database, { signalGraceMs: AT_ONCE_MS });
});
afterAll(() => database.drop());
beforeEach(() => {
  client = fakeMessageClient();
  logged = [];
});

function relayDeps(overrides: Partial<RelayDependencies> = {}): RelayDependencies {
  const optOuts = createOptOutStore(database.database);
  const markAddress = createOptOutMarker({ optOuts, optOutCodes: DEFAULT_OPT_OUT_CODES });
  const correctOutcome = createOutcomeCorrector(database.database, DEFAULT_OPT_OUT_CODES);
  const destination = { write: (line: string) => void logged.push(line) };
  return {
    inbox,
    tellWorkflow: createTellWorkflow({ markAddress, client, correctOutcome }),
    logger: createLogger({ level: 'debug', name: 'test', destination }),
    ...overrides,
  };
}

async function storeReceipt(overrides: Parameters<typeof newReceipt>[1] = {}, recipient = RECIPIENT) {
  const messages = createMessageStore(database.database);
  const message = newMessage();
  const created = newCreated();
  await messages.beginAttempt(message, newAttempt({ recipient }), { opened: created });
  await messages.recordCreated(message.messageId, 1, created);
  const { event } = await inbox.store(newReceipt(created, overrides));
  return { workflowId: message.workflowId, event };
}

const isDue = async (eventId: string): Promise<boolean> =>
  (await database.database('delivery_events').where({ event_id: eventId }).whereNotNull('signal_due_at')).length > 0;

async function withRelay(run: () => Promise<unknown>, deps = relayDeps(), options = QUICK): Promise<void> {
  const relay = startRelay(deps, options);
  try {
    await run();
  } finally {
    await relay.stop();
  }
}

test('an event that nobody told is told once and is done', async () => {
  const stored = await storeReceipt();
  await withRelay(() => until('the event to be settled', async () => !(await isDue(stored.event.eventId))));
  expect(client.signalled).toEqual([stored]);
});

test('while Temporal is away nothing is lost, and one line a look says so', async () => {
  const stored = await Promise.all([storeReceipt(), storeReceipt(), storeReceipt()]);
  client.failure = new TemporalUnavailableError('away');
  const impatient = createInboxStore(database.database, {
    signalGraceMs: AT_ONCE_MS,
    pace: { ...RELAY_PACE, leaseSeconds: 0.05, longestPauseSeconds: 0.05 },
  });
  const tellAll = async (): Promise<void> => {
    await until('a failed look', () => logged.some((line) => line.includes('"failed":3')));
    client.failure = undefined;
    await until('all to be told', () => told().size === stored.length);
  };
  const told = (): Set<string> => new Set(client.signalled.map(({ event }) => event.eventId));
  await withRelay(tellAll, relayDeps({ inbox: impatient }));
  expect(told()).toEqual(new Set(stored.map(({ event }) => event.eventId)));
  expect(logged.filter((line) => line.includes('"level":50'))).toEqual([]);
});

test.each([
  ['has ended', () => (client.isClosed = true)],
  ['is gone', () => (client.failure = new WorkflowMissingError('retention is over'))],
])('an event whose workflow %s is late truth: kept, and not told again', async (_how, arrange) => {
  const { event } = await storeReceipt();
  arrange();
  await withRelay(() => until('the event to be settled', async () => !(await isDue(event.eventId))));
  expect(client.signalled).toEqual([]);
});

test('an opt-out is in the ledger before the workflow hears of it', async () => {
  const optOuts = createOptOutStore(database.database);
  const seen: boolean[] = [];
  const recipient = '+12025550177';
  const deps = relayDeps();
  await storeReceipt({ status: 'undelivered', errorCode: 21610 }, recipient);
  const signal = client.signal.bind(client);
  client.signal = async (...told) => {
    seen.push((await optOuts.show(recipient)).some(({ scope }) => scope.sender === SENDER));
    return signal(...told);
  };
  await withRelay(() => until('the workflow to hear', () => client.signalled.length === 1), deps);
  expect(seen).toEqual([true]);
});

test('two relays tell each event once', async () => {
  const stored = await Promise.all(Array.from({ length: 30 }, () => storeReceipt()));
  const few: RelayOptions = { ...QUICK, batchSize: 3 };
  const allTold = () => until('all to be told', () => client.signalled.length >= stored.length);
  await withRelay(() => withRelay(allTold, relayDeps(), few), relayDeps(), few);
  expect(client.signalled).toHaveLength(stored.length);
});

describe('with an inbox that is played', () => {
  const play = (looks: (() => Promise<number>)[]) => {
    const calls: number[] = [];
    const relayDue: InboxStore['relayDue'] = (limit) => {
      calls.push(limit);
      return (looks.shift() ?? (() => Promise.resolve(0)))();
    };
    return { calls, deps: relayDeps({ inbox: { relayDue } }) };
  };

  test('a full look is followed by another at once, a poor one by a pause', async () => {
    const { calls, deps } = play([() => Promise.resolve(50), () => Promise.resolve(50), () => Promise.resolve(49)]);
    await withRelay(() => until('three looks', () => calls.length === 3), deps, {
      intervalMs: NEVER_AGAIN_MS,
      batchSize: 50,
    });
    expect(calls).toEqual([50, 50, 50]);
  });

  test('a look that fails is logged and does not end the relay', async () => {
    const { calls, deps } = play([() => Promise.reject(new Error('database is away'))]);
    await withRelay(() => until('a second look', () => calls.length === 2), deps);
    expect(logged.map((line) => (JSON.parse(line) as { level: number }).level)).toEqual([40]);
  });

  test('a stop waits for the look under way and not for the pause', async () => {
    let finish: (due: number) => void = () => undefined;
    const { calls, deps } = play([() => new Promise((resolve) => (finish = resolve))]);
    const relay = startRelay(deps, { intervalMs: NEVER_AGAIN_MS, batchSize: 50 });
    let isStopped = false;
    const stopped = relay.stop().then(() => (isStopped = true));
    await Promise.resolve();
    expect(isStopped).toBe(false);
    finish(50);
    await stopped;
    expect(calls).toHaveLength(1);
  });
});
