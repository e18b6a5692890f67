import { createInboxStore, type InboxStore, RELAY_PACE } from '../../src/database/inbox-store';
import { createMessageStore, type CreatedMessage } from '../../src/database/message-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { until } from '../support/until';
import { AT_ONCE_MS, newAttempt, newCreated, newMessage, newReceipt } from '../support/database-fixtures';

let clone: TestDatabase;
let inbox: InboxStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  inbox = createInboxStore(clone.database, { signalGraceMs: AT_ONCE_MS });
});

beforeEach(() => clone.database.raw('truncate delivery_events'));

afterAll(() => clone.drop());

async function sentMessage(): Promise<{ messageId: string; created: CreatedMessage }> {
  const messages = createMessageStore(clone.database);
  const [message, created] = [newMessage(), newCreated()];
  await messages.beginAttempt(message, newAttempt());
  await messages.recordCreated(message.messageId, 1, created);
  return { messageId: message.messageId, created };
}

/** Stores one deciding receipt of a message of its own. */
async function storeDue(): Promise<string> {
  const { created } = await sentMessage();
  return (await inbox.store(newReceipt(created))).event.eventId;
}

/** Hands out what is due and collects the ids. */
async function relay(limit = 100, settle = (): Promise<void> => Promise.resolve()): Promise<string[]> {
  const ids: string[] = [];
  const count = await inbox.relayDue(limit, ({ event }) => {
    ids.push(event.eventId);
    return settle();
  });
  expect(count).toBe(ids.length);
  return ids;
}

/** Makes the clock of an event go forward. */
async function age(eventId: string, seconds: number): Promise<void> {
  await clone.database.raw(
    `update delivery_events set received_at = now() - make_interval(secs => :seconds), signal_due_at = now()
     where event_id = :eventId and signal_due_at is not null`,
    { eventId, seconds },
  );
}

/** Seconds until an event is due again; null when it is not. */
async function secondsUntilDue(eventId: string): Promise<number | null> {
  const [row] = await clone
    .database('delivery_events')
    .where({ event_id: eventId })
    .select<{ seconds: number | null }[]>(
      clone.database.raw('extract(epoch from signal_due_at - now())::float8 as seconds'),
    );
  return row?.seconds ?? null;
}

test('a due event comes with its attempt, once', async () => {
  const { messageId, created } = await sentMessage();
  const { event } = await inbox.store(newReceipt(created));
  const handed: unknown[] = [];
  await inbox.relayDue(10, async (matched) => {
    handed.push(matched);
    await Promise.resolve();
  });
  expect(handed).toMatchObject([{ event, match: { messageId, attempt: 1, tenant: 'acme' } }]);
  expect(await relay()).toEqual([]);
  expect(await secondsUntilDue(event.eventId)).toBeNull();
});

test('what is in its grace, settled or decides nothing is left alone', async () => {
  const { created } = await sentMessage();
  await createInboxStore(clone.database).store(newReceipt(created));
  await inbox.store(newReceipt(created, { status: 'sent' }));
  await inbox.markSettled((await inbox.store(newReceipt(created, { status: 'read' }))).event.eventId);
  expect(await relay()).toEqual([]);
});

test('relays that run at once hand out each event once', async () => {
  const eventIds = await Promise.all(Array.from({ length: 60 }, storeDue));
  const rounds = await Promise.all(Array.from({ length: 6 }, () => relay(15)));
  const handed = [...rounds.flat(), ...(await relay())];
  expect(handed.toSorted()).toEqual(eventIds.toSorted());
});

test('what another relay is just claiming is passed over without waiting', async () => {
  const eventId = await storeDue();
  const claiming = await clone.database.transaction();
  const handed: string[] = [];
  await createInboxStore(claiming).relayDue(10, ({ event }) => {
    handed.push(event.eventId);
    return Promise.reject(new Error('keeps the claim'));
  });
  expect(await relay()).toEqual([]);
  await claiming.commit();
  expect(await relay()).toEqual([]);
  expect(handed).toEqual([eventId]);
});

test('at most as many as asked for, the longest due first', async () => {
  const [newer, older] = [await storeDue(), await storeDue()];
  await clone.database('delivery_events').where({ event_id: older }).update({ signal_due_at: '2026-01-01T00:00:00Z' });
  expect(await relay(1)).toEqual([older]);
  expect(await relay(1)).toEqual([newer]);
});

test('one that fails does not stop the others, and comes back', async () => {
  const eventIds = await Promise.all(Array.from({ length: 5 }, storeDue));
  const [failing] = eventIds;
  const count = await inbox.relayDue(10, ({ event }) => {
    if (event.eventId === failing) {
      throw new Error('not even a promise');
    }
    return Promise.resolve();
  });
  expect(count).toBe(5);
  expect(await relay()).toEqual([]);
  await age(failing ?? '', 40);
  expect(await relay()).toEqual([failing]);
});

test('while it is being settled nobody else has it, and after a crash it comes back', async () => {
  const eventId = await storeDue();
  let finish = (): void => undefined;
  const slow = relay(10, () => new Promise((resolve) => (finish = resolve)));
  await until('the claim', async () => ((await secondsUntilDue(eventId)) ?? 0) > RELAY_PACE.leaseSeconds - 5);
  expect(await relay()).toEqual([]);
  finish();
  expect(await slow).toEqual([eventId]);
});

test.each([
  ['young', 0, RELAY_PACE.leaseSeconds],
  ['minutes old', 100, 100],
  ['hours old', 20_000, RELAY_PACE.longestPauseSeconds],
])('a failed event that is %s rests for its age, within bounds', async (_what, ageSeconds, expected) => {
  const eventId = await storeDue();
  await age(eventId, ageSeconds);
  await relay(10, () => Promise.reject(new Error('Temporal is down')));
  const seconds = await secondsUntilDue(eventId);
  expect(seconds).toBeGreaterThan(expected - 5);
  expect(seconds).toBeLessThan(expected + 5);
});

test.each([
  ['young', 0, RELAY_PACE.shortestUnmatchedPauseSeconds],
  ['minutes old', 100, 100],
  ['hours old', 20_000, RELAY_PACE.longestUnmatchedPauseSeconds],
])('one without an attempt that is %s is not handed out and rests for its age', async (_what, ageSeconds, expected) => {
  const { event } = await inbox.store(newReceipt(newCreated()));
  await age(event.eventId, ageSeconds);
  expect(await relay()).toEqual([]);
  const seconds = await secondsUntilDue(event.eventId);
  expect(seconds).toBeGreaterThan(expected - 5);
  expect(seconds).toBeLessThan(expected + 5);
});

test('one without an attempt is given up after days, one with an attempt never', async () => {
  const foreign = (await inbox.store(newReceipt(newCreated()))).event.eventId;
  const own = await storeDue();
  for (const eventId of [foreign, own]) {
    await age(eventId, RELAY_PACE.giveUpUnmatchedAfterSeconds + 60);
  }
  expect(await relay(10, () => Promise.reject(new Error('Temporal is down')))).toEqual([own]);
  expect(await secondsUntilDue(foreign)).toBeNull();
  expect(await secondsUntilDue(own)).toBeGreaterThan(0);
});

test('events without an attempt do not keep the others from their turn', async () => {
  await Promise.all(Array.from({ length: 20 }, () => inbox.store(newReceipt(newCreated()))));
  const own = await storeDue();
  expect(await relay(10)).toEqual([]);
  expect(await relay(10)).toEqual([]);
  expect(await relay(10)).toEqual([own]);
});

test('one that is matched later is handed out then', async () => {
  const messages = createMessageStore(clone.database);
  const [message, created] = [newMessage(), newCreated()];
  const { event } = await inbox.store(newReceipt(created));
  expect(await relay()).toEqual([]);
  await messages.beginAttempt(message, newAttempt());
  await messages.recordCreated(message.messageId, 1, created);
  await age(event.eventId, 2);
  expect(await relay()).toEqual([event.eventId]);
});

test('an event whose attempt is not known yet is due sooner than one that is being signalled', async () => {
  const patient = createInboxStore(clone.database, { signalGraceMs: 60_000 });
  const { created } = await sentMessage();
  const [known, unknown] = [await patient.store(newReceipt(created)), await patient.store(newReceipt(newCreated()))];
  expect(await secondsUntilDue(known.event.eventId)).toBeGreaterThan(30);
  expect(await secondsUntilDue(unknown.event.eventId)).toBeLessThanOrEqual(0.5);
});
