import { type CallbackView } from '../../src/http/presenters/callback';
import { createCallbackStore } from '../../src/database/callback-store';
import { createMessageStore } from '../../src/database/message-store';
import { newMessage, newOutcome } from '../support/database-fixtures';
import { GLOBEX, startTestApi, type TestApi } from './support/test-api';

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const REQUEST = { to: '+12025550101', body: 'Hello' };
const HTTPS = 'https://example.com/hook?token=very-secret';

let api: TestApi;
let open: TestApi;
beforeAll(async () => {
  api = await startTestApi({ POSTHORN_CALLBACK_SECRETS: `acme:${SECRET}` });
  open = await startTestApi({ POSTHORN_CALLBACK_SECRETS: `acme:${SECRET}`, POSTHORN_CALLBACK_ALLOW_PRIVATE: 'true' });
});
afterAll(async () => {
  await api.stop();
  await open.stop();
});

describe('callbackUrl of POST /v1/messages', () => {
  const post = (on: TestApi, callbackUrl: unknown, key?: string) =>
    on.call('POST', '/v1/messages', { json: { ...REQUEST, callbackUrl }, ...(key === undefined ? {} : { key }) });

  it('goes with the message to its workflow, and into no log', async () => {
    expect(await post(api, HTTPS)).toMatchObject({ status: 202 });
    expect(api.client.started.at(-1)?.request.callbackUrl).toBe(HTTPS);
    expect(api.logged.join('')).not.toContain('very-secret');
  });

  it('may be http where private addresses are allowed', async () => {
    expect(await post(open, 'http://127.0.0.1:9/hook')).toMatchObject({ status: 202 });
  });

  it.each([
    ['http', 'http://example.com/hook', 'callbackUrl is not https: give an https URL'],
    ['another protocol', 'ftp://example.com/hook', 'callbackUrl is not an address: give an https URL'],
    ['a word', 'hook', 'callbackUrl is not an address'],
    ['a number', 7, 'callbackUrl is a number: give the address of your receiver'],
    ['a password', 'https://ann:pass@example.com', 'callbackUrl has a user or a password in it'],
    ['a novel', `https://example.com/${'x'.repeat(2048)}`, 'callbackUrl is longer than 2048 characters'],
  ])('that is %s is refused with a remedy', async (_what, callbackUrl, message) => {
    const answer = await post(api, callbackUrl);
    expect(answer).toMatchObject({
      status: 400,
      json: { errors: [{ field: 'callbackUrl', message: expect.stringContaining(message) as string }] },
    });
    expect(answer.text).not.toContain('pass@');
  });

  it('is refused to a tenant without a secret, with a remedy', async () => {
    expect(await post(api, HTTPS, GLOBEX)).toMatchObject({
      status: 400,
      json: {
        errors: [{ field: 'callbackUrl', message: expect.stringContaining('to POSTHORN_CALLBACK_SECRETS') as string }],
      },
    });
  });
});

describe('GET /v1/callbacks and POST /v1/callbacks/{id}/redrive', () => {
  let callbackId: string;
  let messageId: string;
  beforeAll(async () => {
    const message = newMessage();
    ({ messageId } = message);
    await createMessageStore(api.database.database).recordOutcome({
      messageId,
      message: { ...message, request: { ...message.request, callbackUrl: HTTPS } },
      outcome: newOutcome(),
      heardEventIds: [],
    });
    const callbacks = createCallbackStore(api.database.database);
    callbackId = (await callbacks.list({ messageId, limit: 1 })).callbacks[0]?.callbackId ?? '';
    await callbacks.recordTry(callbackId, { status: 'dead', problem: 'the caller answered 500' });
  });
  const listed = async (query: string, key?: string) => {
    const answer = await api.call('GET', `/v1/callbacks${query}`, key === undefined ? {} : { key });
    expect(answer.status).toBe(200);
    return answer.json as { callbacks: CallbackView[]; nextCursor: string | null };
  };

  it('lists the tenant’s own, without the address', async () => {
    const page = await listed(`?status=dead&messageId=${messageId}`);
    expect(page).toEqual({
      nextCursor: null,
      callbacks: [
        {
          id: callbackId,
          type: 'message.delivered',
          messageId,
          status: 'dead',
          at: expect.any(String) as string,
          tries: 1,
          triedAt: expect.any(String) as string,
          problem: 'the caller answered 500',
          links: { message: `/v1/messages/${messageId}`, redrive: `/v1/callbacks/${callbackId}/redrive` },
        },
      ],
    });
    await expect(listed('?status=pending')).resolves.toMatchObject({ callbacks: [] });
    await expect(listed('', GLOBEX)).resolves.toMatchObject({ callbacks: [] });
  });

  it('refuses what it does not know', async () => {
    const answer = await api.call('GET', '/v1/callbacks?status=lost');
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ field: 'status' }] } });
  });

  it('redrives what is dead, once, and nobody else’s', async () => {
    const path = `/v1/callbacks/${callbackId}/redrive`;
    expect(await api.call('POST', path, { key: GLOBEX })).toMatchObject({
      status: 404,
      json: { code: 'callback_not_found' },
    });
    expect(await api.call('POST', path)).toMatchObject({ status: 202, json: { id: callbackId, status: 'pending' } });
    expect(api.client.callbacks).toEqual([callbackId]);
    expect(await api.call('POST', path)).toMatchObject({
      status: 409,
      json: { code: 'callback_not_dead', remedy: expect.stringContaining('status=dead') as string },
    });
    expect(await api.call('POST', '/v1/callbacks/evt_0/redrive')).toMatchObject({ status: 404 });
    expect(await api.call('POST', '/v1/callbacks/..%2F/redrive')).toMatchObject({ status: 404 });
  });

  it('takes a redrive while Temporal is away: the sweep starts it', async () => {
    const callbacks = createCallbackStore(api.database.database);
    await callbacks.recordTry(callbackId, { status: 'dead', problem: 'the caller answered 500' });
    api.client.failure = new Error('Temporal is away');
    try {
      expect(await api.call('POST', `/v1/callbacks/${callbackId}/redrive`)).toMatchObject({ status: 202 });
    } finally {
      api.client.failure = undefined;
    }
  });
});
