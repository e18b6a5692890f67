import { requestHash } from '../../src/domain/request-hash';
import { createSweepStore } from '../../src/database/sweep-store';
import { IdempotencyConflictError, TemporalUnavailableError } from '../../src/temporal/errors';
import { AT_ONCE_MS, newAttempt, newOptOut } from '../support/database-fixtures';
import { GLOBEX, startTestApi, type TestApi } from './support/test-api';

const REQUEST = { to: '+1 202 555 0101', body: 'Your parcel is at the door.', metadata: { order: '4711' } };

let api: TestApi;
let keys = 0;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  api.client.failure = undefined;
  api.client.started.length = 0;
});

const newKey = (): string => `key-${(keys += 1)}`;
const post = (json: unknown, idempotencyKey?: string, options: { key?: string; query?: string } = {}) =>
  api.call('POST', `/v1/messages${options.query ?? ''}`, {
    json,
    ...(options.key === undefined ? {} : { key: options.key }),
    ...(idempotencyKey === undefined ? {} : { headers: { 'Idempotency-Key': idempotencyKey } }),
  });

test('a message is written down, its workflow started, and the answer says where it is found', async () => {
  const answer = await post(REQUEST, newKey());
  const { id } = answer.json as { id: string };
  expect(answer.status).toBe(202);
  expect(id).toMatch(/^msg_[a-z2-7]{32}$/);
  expect(answer.json).toEqual({
    id,
    workflowId: `deliver-${id}`,
    status: 'sending',
    links: {
      self: `/v1/messages/${id}`,
      cancel: `/v1/messages/${id}/cancel`,
      acknowledge: `/v1/messages/${id}/acknowledge`,
      redrive: `/v1/messages/${id}/redrive`,
    },
  });
  expect(answer.headers.get('Location')).toBe(`/v1/messages/${id}`);
  expect(answer.headers.get('Idempotent-Replayed')).toBeNull();
  const [input] = api.client.started;
  expect(input).toMatchObject({
    messageId: id,
    tenant: 'acme',
    request: { to: '+12025550101', category: 'notification' },
  });
  expect(input?.requestHash).toBe(requestHash(REQUEST));
  expect((await api.call('GET', `/v1/messages/${id}`)).json).toMatchObject({
    status: 'sending',
    metadata: { order: '4711' },
  });
});

test('the same key and body give the same answer, marked as a repetition', async () => {
  const key = newKey();
  const first = await post(REQUEST, key);
  const second = await post(Object.fromEntries(Object.entries(REQUEST).reverse()), key);
  expect(second.status).toBe(202);
  expect(second.json).toEqual(first.json);
  expect(second.headers.get('Idempotent-Replayed')).toBe('true');
});

test('the same key with another body is a conflict, and nothing is started', async () => {
  const key = newKey();
  await post(REQUEST, key);
  api.client.started.length = 0;
  const answer = await post({ ...REQUEST, body: 'Something else.' }, key);
  expect(answer.status).toBe(409);
  expect(answer.json).toMatchObject({ code: 'idempotency_conflict' });
  expect(api.client.started).toEqual([]);
});

test('a workflow that a client started under the key with another request is a conflict too', async () => {
  api.client.failure = new IdempotencyConflictError('used before');
  expect((await post(REQUEST, newKey())).json).toMatchObject({ status: 409, code: 'idempotency_conflict' });
});

test('the key of one tenant is none of another', async () => {
  const key = newKey();
  const acme = await post(REQUEST, key);
  const globex = await post({ ...REQUEST, body: 'Other.' }, key, { key: GLOBEX });
  expect(globex.status).toBe(202);
  expect((globex.json as { id: string }).id).not.toBe((acme.json as { id: string }).id);
});

test('without a key every request is a message of its own, and the answer names the key', async () => {
  const [first, second] = await Promise.all([post(REQUEST), post(REQUEST)]);
  expect((first.json as { id: string }).id).not.toBe((second.json as { id: string }).id);
  expect(first.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
});

test('while Temporal is away a message is accepted all the same, and the same key starts it at once', async () => {
  const key = newKey();
  api.client.failure = new TemporalUnavailableError('no connection');
  const accepted = await post(REQUEST, key);
  expect(accepted.status).toBe(202);
  const { id } = accepted.json as { id: string };
  await expect(
    createSweepStore(api.database.database).unstartedMessages({ limit: 10, pauseMs: AT_ONCE_MS }),
  ).resolves.toContainEqual(expect.objectContaining({ messageId: id }));

  api.client.failure = undefined;
  const repaired = await post(REQUEST, key);
  expect(repaired.status).toBe(202);
  expect(repaired.headers.get('Idempotent-Replayed')).toBe('true');
  expect(api.client.started.map(({ messageId }) => messageId)).toEqual([(repaired.json as { id: string }).id]);
});

test('a message whose workflow is at work is not started again', async () => {
  const key = newKey();
  await post(REQUEST, key);
  const [input] = api.client.started.splice(0);
  if (input === undefined) {
    throw new Error('nothing was started');
  }
  await api.stores.messages.beginAttempt({ ...input, workflowId: `deliver-${input.messageId}` }, newAttempt());
  expect((await post(REQUEST, key)).headers.get('Idempotent-Replayed')).toBe('true');
  expect(api.client.started).toEqual([]);
});

test('twenty requests with one key at once are one message', async () => {
  const key = newKey();
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(REQUEST, key)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter(({ headers }) => headers.get('Idempotent-Replayed') === null)).toHaveLength(1);
});

describe('to a recipient who has opted out', () => {
  const to = '+12025550133';
  beforeAll(() => api.stores.optOuts.record(newOptOut({ address: to, scope: { channel: 'sms' } })));

  test('the message is accepted: its outcome will say so', async () => {
    expect((await post({ ...REQUEST, to }, newKey())).status).toBe(202);
  });

  test('?strict=true refuses it and leaves nothing behind', async () => {
    const key = newKey();
    const refused = await post({ ...REQUEST, to }, key, { query: '?strict=true' });
    expect(refused.json).toMatchObject({ status: 422, code: 'recipient_opted_out' });
    expect(api.client.started).toEqual([]);
    expect((await post({ ...REQUEST, to: '+12025550101' }, key)).headers.get('Idempotent-Replayed')).toBeNull();
  });

  test('?strict=true lets another channel pass', async () => {
    const whatsapp = { ...REQUEST, to: `whatsapp:${to}`, from: 'whatsapp:+12025550100' };
    expect((await post(whatsapp, newKey(), { query: '?strict=true' })).status).toBe(202);
  });

  test('?strict=true gives the answer again that was given before the opt-out', async () => {
    const key = newKey();
    const request = { ...REQUEST, to: '+12025550134' };
    const first = await post(request, key, { query: '?strict=true' });
    await api.stores.optOuts.record(newOptOut({ address: request.to }));
    expect((await post(request, key, { query: '?strict=true' })).json).toEqual(first.json);
  });
});

test('a message into a conversation is accepted, but cannot be asked about opt-outs at once', async () => {
  const request = { conversationSid: `CH${'a'.repeat(32)}`, body: 'Dinner is at eight.' };
  const accepted = await post(request, newKey());
  expect(accepted.status).toBe(202);
  const { id } = accepted.json as { id: string };
  expect((await api.call('GET', `/v1/messages/${id}`)).json).toMatchObject({
    to: null,
    conversationSid: request.conversationSid,
    channel: 'conversation',
  });
  const refused = await post(request, newKey(), { query: '?strict=true' });
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.json)).toContain('strict cannot go with conversationSid');
});
