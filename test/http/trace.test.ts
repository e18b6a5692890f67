import { randomUUID } from 'node:crypto';
import { runCli } from '../../src/cli/run-cli';
import { messageIdFor } from '../../src/domain/message-id';
import { SID_PREFIXES } from '../../src/domain/sid-kinds';
import { taskIdFor } from '../../src/domain/task-id';
import { type TraceView } from '../../src/http/presenters/story';
import { TemporalUnavailableError } from '../../src/temporal/errors';
import { VALID } from '../config/environments';
import {
  newAttempt,
  newCreated,
  newMessage,
  newReceipt,
  newSid,
  RECIPIENT,
  SENDER,
} from '../support/database-fixtures';
import { until } from '../support/until';
import { ACCOUNT_SID, signedWebhook } from './support/signed-webhook';
import { GLOBEX, startTestApi, type TestApi } from './support/test-api';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const IDEMPOTENCY_KEY = 'order 4711 of +12025550101';

/** A message that was sent, delivered and told of, by each of its identifiers. */
async function deliveredMessage(key: string = newSid('US')) {
  const messageId = messageIdFor('acme', key);
  const plain = newMessage({ messageId, workflowId: `deliver-${messageId}` });
  const message = { ...plain, request: { ...plain.request, callbackUrl: 'https://example.com/hook?secret=1' } };
  const created = newCreated();
  const { channelMessageSid, deliveryReceiptSid } = newReceipt(created);
  await api.stores.messages.accept(message);
  await api.stores.messages.beginAttempt(message, newAttempt(), { opened: created });
  await api.stores.messages.recordCreated(messageId, 1, created);
  const receipt = newReceipt(created, { deliveryReceiptSid, ...(channelMessageSid && { channelMessageSid }) });
  await api.inbox.store(receipt);
  const { callbacks } = await api.deps.callbacks.list({ messageId, limit: 1 });
  return {
    messageId,
    workflowId: message.workflowId,
    taskId: taskIdFor({ messageId, step: 1 }),
    callbackId: callbacks[0]?.callbackId ?? '',
    ...created,
    deliveryReceiptSid,
    channelMessageSid: channelMessageSid ?? '',
  };
}

async function posthorn(...args: readonly string[]) {
  const environment = { ...VALID, DATABASE_URL: api.database.url };
  let written = '';
  let complained = '';
  const exitCode = await runCli(args, {
    readEnvironment: () => environment,
    processEnvironment: environment,
    write: (text) => (written += text),
    complain: (text) => (complained += text),
  });
  return { exitCode, written, complained };
}

test('from every kind of identifier one comes to the same story, on the command line and over HTTP', async () => {
  const { messageId, ...others } = await deliveredMessage();
  const { written: story, complained } = await posthorn('trace', messageId);
  expect(complained).toBe('');
  const [, ofMessage = ''] = story.split('belongs to one message.\n');
  for (const known of [
    messageId,
    others.workflowId,
    others.callbackId,
    others.conversationSid,
    others.participantSid,
  ]) {
    expect(ofMessage).toContain(known);
  }
  expect(ofMessage).toContain(others.messageSid);
  expect(ofMessage).toContain(others.deliveryReceiptSid);
  expect(ofMessage).toContain(others.channelMessageSid);
  const { stories } = (await api.call('GET', `/v1/trace/${messageId}`)).json as TraceView;

  for (const identifier of Object.values(others)) {
    const traced = await posthorn('trace', identifier);
    expect(traced).toMatchObject({ exitCode: 0, complained: '' });
    expect(traced.written.split('belongs to one message.\n')[1]).toBe(ofMessage);
    const shown = (await api.call('GET', `/v1/trace/${identifier}`)).json as TraceView;
    expect(shown.stories).toEqual(stories);
    expect(shown.messages.map(({ id }) => id)).toEqual([messageId]);
  }
  expect(story).not.toContain(RECIPIENT);
  expect(story).not.toContain(SENDER);
  expect(story).not.toContain('secret');
});

test('an idempotency key leads to its message, too', async () => {
  const { messageId } = await deliveredMessage(IDEMPOTENCY_KEY);
  const { written } = await posthorn('trace', '--key', IDEMPOTENCY_KEY, '--tenant', 'acme');
  expect(written).toContain(`${messageId} is a message id; it belongs to one message.`);
  expect(written).not.toContain(IDEMPOTENCY_KEY);
  expect((await posthorn('trace', '--key', IDEMPOTENCY_KEY, '--tenant', 'globex')).exitCode).toBe(1);
});

test('of several messages in a conversation all are listed, and one story is told unless all are wanted', async () => {
  const { conversationSid, messageId, participantSid } = await deliveredMessage();
  const second = newMessage();
  const created = { ...newCreated(), conversationSid, participantSid };
  await api.stores.messages.beginAttempt(second, newAttempt(), { opened: created });
  const age = "update messages set created_at = created_at - interval '1 hour' where message_id = ?";
  await api.database.database.raw(age, [messageId]);

  const { written } = await posthorn('trace', conversationSid);
  expect(written).toContain('is a conversation SID; it belongs to 2 messages, the newest first.');
  expect(written.indexOf(second.messageId)).toBeLessThan(written.indexOf(messageId));
  expect(written).toContain(`workflow  ${second.workflowId}`);
  expect(written).not.toContain(`workflow  deliver-${messageId}`);
  const { written: all } = await posthorn('trace', participantSid, '--all');
  expect(all).toContain(`workflow  ${second.workflowId}`);
  expect(all).toContain(`workflow  deliver-${messageId}`);
  const { written: json } = await posthorn('trace', conversationSid, '--json');
  expect(JSON.parse(json)).toEqual((await api.call('GET', `/v1/trace/${conversationSid}`)).json);
});

test('a tenant does not find the messages of another', async () => {
  const { callbackId, messageSid } = await deliveredMessage();
  for (const identifier of [callbackId, messageSid]) {
    const { status, json } = await api.call('GET', `/v1/trace/${identifier}`, { key: GLOBEX });
    expect(status).toBe(404);
    expect(json).toMatchObject({ code: 'identifier_not_found' });
  }
});

test.each([
  ...['CH', 'MB', 'IM', 'DY', 'CA', 'SM', 'MM', 'WA'].map((prefix) => [`${prefix}${'0'.repeat(32)}`]),
  ['msg_nobody'],
  ['deliver-msg_nobody'],
  ['evt_nobody'],
])('%s of nobody is told what it is, where it was looked for and what to do', async (identifier) => {
  const sentence = /is (an?|the) .*; it was looked for among .* and is not there: ./;
  const { exitCode, complained } = await posthorn('trace', identifier);
  expect(exitCode).toBe(1);
  expect(complained).toMatch(sentence);
  const { status, json } = await api.call('GET', `/v1/trace/${identifier}`);
  expect(status).toBe(404);
  expect(json).toMatchObject({ errors: [{ message: expect.stringMatching(sentence) as string }] });
});

test.each([
  ...SID_PREFIXES.filter((prefix) => !['CH', 'MB', 'IM', 'DY', 'CA', 'SM', 'MM', 'WA'].includes(prefix)).map(
    (prefix) => [`${prefix}${'0'.repeat(32)}`, `is ${prefix}…, which is `],
  ),
  ['+12025550123', 'is no identifier that posthorn knows'],
])('%s leads to no message: it %s', async (text, sentence) => {
  const { exitCode, complained } = await posthorn('trace', text);
  expect(exitCode).toBe(2);
  expect(complained).toContain(sentence);
  expect(complained).toContain('an identifier on the way of a message is expected');
  expect(complained).not.toContain(text);
  const { status, text: answer } = await api.call('GET', `/v1/trace/${encodeURIComponent(text)}`);
  expect(status).toBe(404);
  expect(answer).toContain(sentence);
});

describe('the run id of a workflow', () => {
  const traceRun = async (runId: string, key?: string) =>
    await api.call('GET', `/v1/trace/${runId}`, key === undefined ? {} : { key });

  test('leads to the message of its workflow, and to that of a callback', async () => {
    const { callbackId, messageId, workflowId } = await deliveredMessage();
    for (const workflow of [workflowId, `tell-caller-${callbackId}`]) {
      const runId = randomUUID();
      api.client.runs.set(runId, workflow);
      const { json, status } = await traceRun(runId.toUpperCase());
      expect(status).toBe(200);
      const { identifier, kind, stories } = json as TraceView;
      expect({ identifier, kind }).toEqual({ identifier: runId, kind: 'the run id of a workflow' });
      expect(stories.map(({ message }) => message.id)).toEqual([messageId]);
      expect(await traceRun(runId, GLOBEX)).toMatchObject({ status: 404 });
    }
  });

  test.each([
    ['that Temporal has dropped', undefined],
    ['of the sweep', 'posthorn-sweep-workflow-2026-01-31T08:00:00Z'],
  ])('%s is told where it was looked for, and what to take in its place', async (_, workflowId) => {
    const runId = randomUUID();
    if (workflowId !== undefined) {
      api.client.runs.set(runId, workflowId);
    }
    const { status, text } = await traceRun(runId);
    expect(status).toBe(404);
    expect(text).toMatch(/among the runs that Temporal still has of messages and is not there: Temporal drops a run/);
  });

  test('is not answered with a guess while Temporal is away', async () => {
    api.client.failure = new TemporalUnavailableError('Temporal does not answer.');
    try {
      expect(await traceRun(randomUUID())).toMatchObject({ status: 503 });
    } finally {
      api.client.failure = undefined;
    }
  });
});

test.each([[[]], [['msg_1', '--key', 'key']]])('%j is called in a wrong way', async (args: readonly string[]) => {
  expect(await posthorn('trace', ...args)).toMatchObject({
    exitCode: 2,
    complained: expect.stringContaining('Give one identifier, or --key') as string,
  });
});

test('a message and its webhook are in the log with every identifier, and without an address', async () => {
  const path = '/webhooks/twilio/conversations';
  const twilioSids = { ...newCreated(), deliveryReceiptSid: newSid('DY'), channelMessageSid: newSid('SM') };
  const request = { to: RECIPIENT, body: 'Your parcel is at the door.' };
  const { json } = await api.call('POST', '/v1/messages', { json: request });
  const { id: messageId } = json as { readonly id: string };
  const message = newMessage({ messageId });
  await api.stores.messages.beginAttempt(message, newAttempt(), { opened: twilioSids });
  await api.stores.messages.recordCreated(messageId, 1, twilioSids);
  const fields = {
    EventType: 'onDeliveryUpdated',
    AccountSid: ACCOUNT_SID,
    ConversationSid: twilioSids.conversationSid,
    ParticipantSid: twilioSids.participantSid,
    MessageSid: twilioSids.messageSid,
    DeliveryReceiptSid: twilioSids.deliveryReceiptSid,
    ChannelMessageSid: twilioSids.channelMessageSid,
    Status: 'delivered',
  };
  await api.call('POST', path, signedWebhook(path, fields));
  const lines = await until('the line of the webhook', () => {
    const logged = api.logged.map((line) => JSON.parse(line) as Record<string, unknown>);
    const about = logged.filter((line) => line['messageId'] === messageId && line['identifiers'] !== undefined);
    return Promise.resolve(about.length > 1 && about);
  });
  expect(lines).toMatchObject([
    { identifiers: 'created', messageId, workflowId: `deliver-${messageId}` },
    { identifiers: 'received', messageId, ...twilioSids },
  ]);
  expect(api.logged.join('')).not.toMatch(/2025550|parcel/);
});
