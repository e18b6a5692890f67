import { InvalidCursorError } from '../../src/database/invalid-cursor-error';
import { createMessageStore, type MessageFilter, type MessageStore } from '../../src/database/message-store';
import { DEFAULT_POLICIES } from '../../src/domain/policy';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { ANY_TIME, newAttempt, newCreated, newMessage, newOutcome, omit } from '../support/database-fixtures';

let clone: TestDatabase;
let messages: MessageStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
});

afterAll(() => clone.drop());

/** Ids of all pages, newest first. */
async function allIds(filter: MessageFilter): Promise<string[]> {
  const page = await messages.list(filter);
  const ids = page.messages.map(({ messageId }) => messageId);
  return page.nextCursor === undefined ? ids : [...ids, ...(await allIds({ ...filter, cursor: page.nextCursor }))];
}

async function acceptAt(tenant: string, createdAt: string): Promise<string> {
  const message = newMessage({ tenant });
  await messages.accept(message);
  await clone.database('messages').where({ message_id: message.messageId }).update({ created_at: createdAt });
  return message.messageId;
}

test('pages hold every message once, newest first, those of one millisecond too', async () => {
  const tenant = 'paging';
  const older = await acceptAt(tenant, '2026-01-01T00:00:00.001Z');
  const same = await Promise.all(Array.from({ length: 5 }, () => acceptAt(tenant, '2026-01-01T00:00:00.002Z')));
  const newer = await acceptAt(tenant, '2026-01-01T00:00:00.003Z');
  const expected = [newer, ...same.toSorted().toReversed(), older];
  for (const limit of [1, 2, 3, 7, 100]) {
    expect(await allIds({ tenant, limit })).toEqual(expected);
  }
});

test('a page that is just full has no next one', async () => {
  const tenant = 'full';
  await acceptAt(tenant, '2026-01-01T00:00:00.001Z');
  expect(await messages.list({ tenant, limit: 1 })).not.toHaveProperty('nextCursor');
});

test('a message that comes meanwhile does not shift the pages', async () => {
  const tenant = 'meanwhile';
  const [first, second] = [
    await acceptAt(tenant, '2026-01-01T00:00:01Z'),
    await acceptAt(tenant, '2026-01-01T00:00:02Z'),
  ];
  const page = await messages.list({ tenant, limit: 1 });
  await acceptAt(tenant, '2026-01-01T00:00:03Z');
  expect(page.messages.map(({ messageId }) => messageId)).toEqual([second]);
  expect(await allIds({ tenant, limit: 1, cursor: page.nextCursor ?? '' })).toEqual([first]);
});

test('filters by tenant, status, outcome and time', async () => {
  const tenant = 'filters';
  const waiting = newMessage({ tenant });
  await messages.beginAttempt(waiting, newAttempt());
  await messages.recordCreated(waiting.messageId, 1, newCreated());
  const [delivered, failed] = [newMessage({ tenant }), newMessage({ tenant })];
  const close = (message: typeof delivered, kind: 'delivered' | 'failed') =>
    messages.recordOutcome({ messageId: message.messageId, heardEventIds: [], outcome: newOutcome({ kind }), message });
  await close(delivered, 'delivered');
  await close(failed, 'failed');
  const old = await acceptAt(tenant, '2020-01-01T00:00:00.000Z');

  const limit = 10;
  expect(await allIds({ tenant, limit, status: 'awaiting_receipt' })).toEqual([waiting.messageId]);
  expect(await allIds({ tenant, limit, status: 'sending' })).toEqual([old]);
  expect((await allIds({ tenant, limit, status: 'closed' })).toSorted()).toEqual(
    [delivered.messageId, failed.messageId].toSorted(),
  );
  expect(await allIds({ tenant, limit, outcome: 'failed' })).toEqual([failed.messageId]);
  expect(await allIds({ tenant, limit, outcome: 'failed', status: 'sending' })).toEqual([]);
  expect(await allIds({ tenant, limit, since: '2020-01-01T00:00:00.000Z' })).toHaveLength(4);
  expect(await allIds({ tenant, limit, since: '2020-01-01T00:00:00.001Z' })).toHaveLength(3);
  expect(await allIds({ tenant: 'nobody', limit })).toEqual([]);
});

test('a summary has no nulls and says when and how', async () => {
  const tenant = 'summary';
  const message = newMessage({ tenant });
  await messages.accept(message);
  const page = await messages.list({ tenant, limit: 1 });
  expect(page).toStrictEqual({
    messages: [{ ...omit(message, 'requestHash'), status: 'sending', createdAt: ANY_TIME }],
  });
});

test.each(['', 'nonsense', '42', Buffer.from('2026-99-99T00:00:00.000Z msg_1').toString('base64url')])(
  'the cursor %p is refused with the remedy',
  async (cursor) => {
    const page = messages.list({ tenant: 'acme', limit: 1, cursor });
    await expect(page).rejects.toBeInstanceOf(InvalidCursorError);
    await expect(page).rejects.toThrow(/^cursor: .* take nextCursor/);
  },
);

test('open messages are found by the address of their request, whoever sent them', async () => {
  const [to, other] = ['+12025550181', '+12025550182'];
  const policy = DEFAULT_POLICIES.notification;
  const request = {
    channel: 'sms',
    content: { body: 'Hello.' },
    category: 'notification',
    policy,
    metadata: {},
  } as const;
  const mine = newMessage({ request: { ...request, to } });
  const scheduled = newMessage({
    tenant: 'another',
    request: { ...request, to, sendAt: '2099-01-01T00:00:00.000Z' },
  });
  const closed = newMessage({ request: { ...request, to } });
  for (const message of [mine, scheduled, closed, newMessage({ request: { ...request, to: other } })]) {
    await messages.accept(message);
  }
  await messages.recordOutcome({
    messageId: closed.messageId,
    heardEventIds: [],
    outcome: newOutcome(),
    message: closed,
  });
  const found = await messages.openTo([to, '+12025550183'], 10);
  expect(found.toSorted((one, another) => Number(one.isScheduled) - Number(another.isScheduled))).toEqual([
    { workflowId: mine.workflowId, isScheduled: false },
    { workflowId: scheduled.workflowId, isScheduled: true },
  ]);
  expect(await messages.openTo([to], 1)).toHaveLength(1);
});
