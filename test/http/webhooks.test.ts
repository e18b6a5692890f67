import { connect } from 'node:net';
import { type WebhookTrace } from '../../src/domain/webhook-trace';
import { type WebhookView } from '../../src/http/presenters/webhook';
import { ANY_TIME, newAttempt, newCreated, newMessage, newSid, RECIPIENT } from '../support/database-fixtures';
import { until } from '../support/until';
import { ACCOUNT_SID, signedWebhook } from './support/signed-webhook';
import { GLOBEX, startTestApi, type TestApi } from './support/test-api';

const CONVERSATIONS = '/webhooks/twilio/conversations';
const MESSAGING = '/webhooks/twilio/messaging';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => api.database.database('webhooks').delete());

const allTraces = async (): Promise<readonly WebhookTrace[]> =>
  (await api.deps.webhookTraces.list({ limit: 1000 })).webhooks;

/** Posts a signed webhook and waits for its trace. */
async function post(fields: Readonly<Record<string, string>>, path = CONVERSATIONS): Promise<WebhookTrace> {
  const known = (await allTraces()).length;
  await api.call('POST', path, signedWebhook(path, fields));
  await api.background.idle();
  return await until('the trace', async () => {
    const traces = await allTraces();
    return traces.length > known && traces[0];
  });
}

async function sendMessage(tenant = 'acme') {
  const message = newMessage({ tenant });
  const created = newCreated();
  await api.stores.messages.beginAttempt(message, newAttempt(), { opened: created });
  await api.stores.messages.recordCreated(message.messageId, 1, created);
  return { ...message, ...created };
}

const receiptFields = (overrides: Readonly<Record<string, string>> = {}) => ({
  EventType: 'onDeliveryUpdated',
  AccountSid: ACCOUNT_SID,
  ConversationSid: newSid('CH'),
  MessageSid: newSid('IM'),
  DeliveryReceiptSid: newSid('DY'),
  Status: 'delivered',
  ...overrides,
});

const list = async (query = '', key?: string) =>
  (await api.call('GET', `/v1/webhooks${query}`, key === undefined ? {} : { key })).json as {
    readonly webhooks: readonly WebhookView[];
    readonly nextCursor: string | null;
  };

test('a receipt is shown with what it is about, what became of it and how long that took', async () => {
  const { messageId, messageSid } = await sendMessage();
  const fields = receiptFields({ MessageSid: messageSid, Status: 'undelivered', ErrorCode: '30003' });
  await post(fields);
  const { ConversationSid, DeliveryReceiptSid } = fields;
  const shown: WebhookView = {
    receivedAt: ANY_TIME as string,
    endpoint: 'conversations',
    event: 'onDeliveryUpdated',
    verdict: 'accepted',
    effect: 'receipt_stored',
    reason: null,
    count: 1,
    status: 'undelivered',
    errorCode: 30003,
    conversationSid: ConversationSid,
    messageSid,
    participantSid: null,
    deliveryReceiptSid: DeliveryReceiptSid,
    channelMessageSid: null,
    callSid: null,
    messageId,
    durationMs: expect.any(Number) as number,
    links: { message: `/v1/messages/${messageId}` },
  };
  expect(await list()).toEqual({ webhooks: [shown], nextCursor: null });
});

test.each<[string, string, () => Readonly<Record<string, string>>, Partial<WebhookTrace>]>([
  [
    'a word of Twilio that nobody knows',
    CONVERSATIONS,
    () => receiptFields({ Status: 'teleported' }),
    { verdict: 'accepted', effect: 'receipt_stored', status: 'teleported' },
  ],
  [
    'a status that is no word',
    CONVERSATIONS,
    () => receiptFields({ Status: `call ${RECIPIENT}` }),
    { verdict: 'accepted', effect: 'receipt_stored', status: 'other' },
  ],
  [
    'another event',
    CONVERSATIONS,
    () => ({ EventType: 'onConversationStateUpdated', AccountSid: ACCOUNT_SID }),
    { verdict: 'ignored', effect: 'nothing', event: 'onConversationStateUpdated' },
  ],
  [
    'a text of a person',
    CONVERSATIONS,
    () => inbound({ Body: 'See you at five' }),
    { verdict: 'ignored', effect: 'nothing', event: 'onMessageAdded' },
  ],
  [
    'a message of ours',
    CONVERSATIONS,
    () =>
      inbound({ Source: 'API', Attributes: JSON.stringify({ posthorn: { messageId: newMessageId(), attempt: 1 } }) }),
    { verdict: 'accepted', effect: 'message_seen', event: 'onMessageAdded' },
  ],
  [
    'STOP on the messaging webhook',
    MESSAGING,
    () => ({
      AccountSid: ACCOUNT_SID,
      MessageSid: newSid('SM'),
      From: '+12025550188',
      To: '+12025550100',
      Body: 'STOP',
    }),
    { endpoint: 'messaging', verdict: 'accepted', effect: 'opt_out_recorded', event: 'inboundMessage' },
  ],
  [
    'HELP on the messaging webhook',
    MESSAGING,
    () => ({
      AccountSid: ACCOUNT_SID,
      MessageSid: newSid('SM'),
      From: '+12025550188',
      To: '+12025550100',
      Body: 'HELP',
    }),
    { endpoint: 'messaging', verdict: 'ignored', effect: 'nothing' },
  ],
])('%s leaves its trace, without numbers and texts', async (_what, path, fields, expected) => {
  const trace = await post(fields(), path);
  expect(trace).toMatchObject(expected);
  expect(JSON.stringify(trace)).not.toMatch(/\+?1202555|five|STOP|HELP/);
});

const newMessageId = (): string => `msg_${'a'.repeat(32)}`;

const inbound = (overrides: Readonly<Record<string, string>>) => ({
  EventType: 'onMessageAdded',
  AccountSid: ACCOUNT_SID,
  ConversationSid: newSid('CH'),
  MessageSid: newSid('IM'),
  Author: '+12025550189',
  Body: 'Hello',
  Source: 'SMS',
  Attributes: '{}',
  ...overrides,
});

test('what posthorn could not take leaves a trace as well, once it can be written', async () => {
  const { database } = api.database;
  await database.raw('alter table delivery_events rename to delivery_events_away');
  try {
    expect(await post(receiptFields())).toMatchObject({
      verdict: 'failed',
      effect: 'unknown',
      reason: 'database_unavailable',
    });
  } finally {
    await database.raw('alter table delivery_events_away rename to delivery_events');
  }
});

test('a caller that hangs up in the middle leaves a trace', async () => {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  socket.write(`POST ${CONVERSATIONS} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf`, () => socket.destroy());
  const [trace] = await until('the trace', async () => {
    const traces = await allTraces();
    return traces.length > 0 && traces;
  });
  expect(trace).toMatchObject({ verdict: 'unreadable', reason: 'body_incomplete' });
});

test('a flood of forged webhooks is a few rows, and all of them are counted', async () => {
  const forged = { key: undefined, body: 'EventType=onDeliveryUpdated', headers: { 'X-Twilio-Signature': 'x' } };
  const answers = await Promise.all(Array.from({ length: 300 }, () => api.call('POST', CONVERSATIONS, forged)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
  const traces = await until('all of them', async () => {
    api.tracer.flush();
    const { webhooks } = await api.deps.webhookTraces.list({ verdict: 'refused_signature', limit: 1000 });
    return webhooks.reduce((sum, { count }) => sum + count, 0) === 300 && webhooks;
  });
  // Sixty a minute, which may have ended meanwhile, and what was counted at each flush.
  expect(traces.length).toBeLessThan(300);
  expect(traces.filter(({ count }) => count === 1).length).toBeLessThanOrEqual(130);
});

test('a tenant does not see the webhooks of another', async () => {
  const { messageSid } = await sendMessage('globex');
  await post(receiptFields({ MessageSid: messageSid }));
  expect((await list()).webhooks).toEqual([]);
  expect((await list('', GLOBEX)).webhooks).toMatchObject([{ messageSid }]);
  expect((await api.call('GET', '/v1/webhooks', { key: undefined })).status).toBe(401);
});

test('verdict, time and pages', async () => {
  const { messageSid } = await sendMessage();
  const fields = receiptFields({ MessageSid: messageSid });
  await post(fields);
  await post(fields);
  await post(fields);
  expect((await list('?verdict=repeated')).webhooks).toHaveLength(2);
  expect((await list('?since=2999-01-01')).webhooks).toEqual([]);
  const first = await list('?limit=2');
  const second = await list(`?limit=2&cursor=${String(first.nextCursor)}`);
  expect([...first.webhooks, ...second.webhooks].map(({ verdict }) => verdict)).toEqual([
    'repeated',
    'repeated',
    'accepted',
  ]);
  expect(second.nextCursor).toBeNull();
});

test.each([
  ['?verdict=refused', 'verdict'],
  ['?since=yesterday', 'since'],
  ['?cursor=abc', 'cursor'],
  ['?limit=0', 'limit'],
  ['?tenant=globex', 'tenant'],
])('%s is refused with its field', async (query, field) => {
  expect((await api.call('GET', `/v1/webhooks${query}`)).json).toMatchObject({ status: 400, errors: [{ field }] });
});

test('the timeline of a message has the webhooks that left nothing else', async () => {
  const { messageId, messageSid } = await sendMessage();
  const fields = receiptFields({ MessageSid: messageSid });
  await post(fields);
  await post(fields);
  await post(fields);
  const { timeline } = (await api.call('GET', `/v1/messages/${messageId}`)).json as { timeline: { kind: string }[] };
  expect(timeline.filter(({ kind }) => kind === 'receipt')).toHaveLength(1);
  expect(timeline.filter(({ kind }) => kind === 'webhook')).toEqual([
    {
      at: ANY_TIME,
      kind: 'webhook',
      attempt: 1,
      event: 'onDeliveryUpdated',
      verdict: 'repeated',
      count: 2,
      lastAt: ANY_TIME,
    },
  ]);
});
