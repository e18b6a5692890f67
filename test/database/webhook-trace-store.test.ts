import { type Knex } from 'knex';
import { InvalidCursorError } from '../../src/database/invalid-cursor-error';
import { createMessageStore } from '../../src/database/message-store';
import {
  createWebhookTraceStore,
  type WebhookFilter,
  type WebhookTraceStore,
} from '../../src/database/webhook-trace-store';
import { type WebhookTrace } from '../../src/domain/webhook-trace';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newCreated, newMessage, newSid, omit } from '../support/database-fixtures';

let clone: TestDatabase;
let traces: WebhookTraceStore;
beforeAll(async () => {
  clone = await createTestDatabase();
  traces = createWebhookTraceStore(clone.database);
});
beforeEach(() => clone.database('webhooks').delete());
afterAll(() => clone.drop());

function newTrace(overrides: Partial<WebhookTrace> = {}): WebhookTrace {
  return {
    receivedAt: '2026-01-02T03:04:05.006Z',
    endpoint: 'conversations',
    verdict: 'accepted',
    effect: 'receipt_stored',
    count: 1,
    durationMs: 1.5,
    ...overrides,
  };
}

/** All pages, newest first. */
async function all(filter: WebhookFilter): Promise<WebhookTrace[]> {
  const { webhooks, nextCursor } = await traces.list(filter);
  return nextCursor === undefined ? [...webhooks] : [...webhooks, ...(await all({ ...filter, cursor: nextCursor }))];
}

test('a trace is kept as it was told', async () => {
  const full = newTrace({
    event: 'onDeliveryUpdated',
    reason: 'mismatch',
    status: 'undelivered',
    errorCode: 30003,
    conversationSid: newSid('CH'),
    messageSid: newSid('IM'),
    participantSid: newSid('MB'),
    deliveryReceiptSid: newSid('DY'),
    channelMessageSid: newSid('SM'),
    messageId: 'msg_1',
    tenant: 'acme',
  });
  const least = omit(newTrace({ receivedAt: '2026-01-02T03:04:05.005Z', count: 7 }), 'durationMs');
  await traces.add([full, least]);
  expect(await all({ limit: 10 })).toEqual([full, least]);
});

test('pages hold every trace once, newest first, those of one millisecond too', async () => {
  const times = ['08.000', '07.000', '07.000', '07.000', '06.000', '05.000', '05.000'];
  await traces.add(
    times.map((second, index) => newTrace({ receivedAt: `2026-01-02T03:04:${second}Z`, errorCode: index })),
  );
  for (const tenant of [{}, { tenant: 'acme' }]) {
    for (const limit of [1, 2, 3, 7, 100]) {
      const found = await all({ ...tenant, limit });
      expect(found.map(({ receivedAt }) => receivedAt.slice(17, 23))).toEqual(times);
      expect(new Set(found.map(({ errorCode }) => errorCode)).size).toBe(times.length);
    }
  }
});

test('verdict and time narrow the list', async () => {
  const old = newTrace({ receivedAt: '2026-01-01T00:00:00.000Z' });
  const refused = newTrace({ verdict: 'refused_signature', effect: 'nothing' });
  await traces.add([old, refused, newTrace()]);
  expect(await all({ verdict: 'refused_signature', limit: 9 })).toEqual([refused]);
  expect(await all({ verdict: 'accepted', limit: 9 })).toEqual([newTrace(), old]);
  expect(await all({ verdict: 'repeated', limit: 9 })).toEqual([]);
  expect(await all({ since: '2026-01-02T03:04:05.006Z', tenant: 'acme', limit: 9 })).toHaveLength(2);
  expect(await all({ since: '2026-01-02T03:04:05.007Z', limit: 9 })).toEqual([]);
});

test.each(['', 'abc', Buffer.from('2026-01-01T00:00:00.000Z msg_1').toString('base64url')])(
  'the cursor %p is refused',
  async (cursor) => {
    await expect(traces.list({ limit: 1, cursor })).rejects.toThrow(InvalidCursorError);
  },
);

describe('a tenant', () => {
  test("sees its own and nobody's, never another's", async () => {
    const own = newTrace({ tenant: 'acme', messageId: 'msg_1', errorCode: 1 });
    const foreign = newTrace({ tenant: 'globex', messageId: 'msg_2', errorCode: 2 });
    const nobodys = newTrace({ verdict: 'refused_signature', effect: 'nothing', errorCode: 3 });
    await traces.add([own, foreign, nobodys]);
    const codesFor = async (tenant: string) => (await all({ tenant, limit: 1 })).map(({ errorCode }) => errorCode);
    expect(await codesFor('acme')).toEqual([3, 1]);
    expect(await codesFor('globex')).toEqual([3, 2]);
    expect(await codesFor('stranger')).toEqual([3]);
    expect(await all({ limit: 9 })).toHaveLength(3);
  });

  test('sees what came before its message was known as its own, and nobody else does', async () => {
    const message = newMessage({ tenant: 'acme' });
    const created = newCreated();
    const messages = createMessageStore(clone.database);
    await messages.beginAttempt(message, newAttempt());
    await traces.add([newTrace({ messageSid: created.messageSid })]);
    expect(await all({ tenant: 'globex', limit: 9 })).toHaveLength(1);
    await messages.recordCreated(message.messageId, 1, created);
    expect(await all({ tenant: 'globex', limit: 9 })).toEqual([]);
    const mine = { messageId: message.messageId, tenant: 'acme' };
    expect(await all({ tenant: 'acme', limit: 9 })).toMatchObject([mine]);
    expect(await all({ limit: 9 })).toMatchObject([mine]);
  });
});

test('old traces are dropped, the oldest first and not more than asked for; two at once drop each once', async () => {
  const day = (day: number): string => `2020-01-0${day}T00:00:00.000Z`;
  await traces.add([3, 1, 4, 2].map((number) => newTrace({ receivedAt: day(number) })));
  await traces.add([newTrace({ receivedAt: new Date().toISOString() })]);
  expect(await traces.dropOlderThan(60_000, 1)).toBe(1);
  expect((await all({ limit: 9 })).at(-1)?.receivedAt).toBe(day(2));
  const dropped = await Promise.all([traces.dropOlderThan(60_000, 2), traces.dropOlderThan(60_000, 2)]);
  expect(dropped[0] + dropped[1] + (await traces.dropOlderThan(60_000, 10))).toBe(3);
  expect(await all({ limit: 9 })).toHaveLength(1);
});

test('writing does not wait for the disk, and what the connection writes next does', async () => {
  const single = await createTestDatabase({ poolMax: 1 });
  const { database } = single;
  const setting = async (knex: Knex): Promise<unknown> =>
    (await knex.raw<{ rows: { synchronous_commit: string }[] }>('show synchronous_commit')).rows[0]?.synchronous_commit;
  try {
    await database.raw('set synchronous_commit to on');
    await database.transaction(async (transaction) => {
      await createWebhookTraceStore(transaction).add([newTrace()]);
      expect(await setting(transaction)).toBe('off');
    });
    expect(await setting(database)).toBe('on');
  } finally {
    await single.drop();
  }
});
