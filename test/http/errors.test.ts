import { connect } from 'node:net';
import { PROBLEMS, type ProblemCode } from '../../src/http/problems';
import { signedWebhook } from './support/signed-webhook';
import { until } from '../support/until';
import { ACME, type CallOptions, GLOBEX, startTestApi, type TestApi } from './support/test-api';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const VALID_BODY = { to: '+12025550101', body: 'Hello' };
const CONVERSATIONS = '/webhooks/twilio/conversations';

let api: TestApi;
let messageId: string;
beforeAll(async () => {
  api = await startTestApi();
  const accepted = await api.call('POST', '/v1/messages', { json: VALID_BODY });
  messageId = (accepted.json as { id: string }).id;
});
afterAll(() => api.stop());

type Case = [what: string, method: string, path: string, options: CallOptions, code: ProblemCode, field?: string];

const cases: Case[] = [
  ['no API key', 'GET', '/v1/messages', { key: undefined }, 'unauthorized', 'Authorization'],
  ['a wrong API key', 'GET', '/v1/messages', { key: `${ACME}x` }, 'unauthorized', 'Authorization'],
  [
    'another kind of login',
    'GET',
    '/v1/tasks',
    { headers: { Authorization: 'Basic YTpi' } },
    'unauthorized',
    'Authorization',
  ],
  ['a path that is none', 'GET', '/v2/messages', {}, 'not_found'],
  ['a method that is not taken', 'DELETE', '/v1/messages', {}, 'method_not_allowed'],
  ['no JSON', 'POST', '/v1/messages', { body: '{"to": ', headers: JSON_TYPE }, 'invalid_json', 'body'],
  [
    'no UTF-8',
    'POST',
    '/v1/messages',
    { body: Buffer.from([0x22, 0xff, 0x22]), headers: JSON_TYPE },
    'invalid_json',
    'body',
  ],
  ['a list as body', 'POST', '/v1/messages', { json: [] }, 'invalid_request', 'body'],
  ['no recipient', 'POST', '/v1/messages', { json: { body: 'Hello' } }, 'invalid_request', 'to'],
  ['a number that is none', 'POST', '/v1/messages', { json: { ...VALID_BODY, to: '12' } }, 'invalid_request', 'to'],
  ['an unknown field', 'POST', '/v1/messages', { json: { ...VALID_BODY, boddy: 1 } }, 'invalid_request', 'boddy'],
  ['no sender', 'POST', '/v1/messages', { json: { ...VALID_BODY, channel: 'whatsapp' } }, 'invalid_request', 'from'],
  [
    'a form',
    'POST',
    '/v1/messages',
    { body: 'to=1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    'unsupported_media_type',
    'Content-Type',
  ],
  ['no content type', 'POST', '/v1/messages', { body: '{}' }, 'unsupported_media_type', 'Content-Type'],
  [
    'a compressed body',
    'POST',
    '/v1/messages',
    { body: 'x', headers: { ...JSON_TYPE, 'Content-Encoding': 'gzip' } },
    'unsupported_media_type',
    'Content-Encoding',
  ],
  ['a huge body', 'POST', '/v1/messages', { body: 'x'.repeat(200_000), headers: JSON_TYPE }, 'body_too_large'],
  [
    'an empty key',
    'POST',
    '/v1/messages',
    { json: VALID_BODY, headers: { 'Idempotency-Key': '' } },
    'invalid_request',
    'Idempotency-Key',
  ],
  [
    'a long key',
    'POST',
    '/v1/messages',
    { json: VALID_BODY, headers: { 'Idempotency-Key': 'k'.repeat(256) } },
    'invalid_request',
    'Idempotency-Key',
  ],
  ['an unknown mode', 'POST', '/v1/messages?strict=yes', { json: VALID_BODY }, 'invalid_request', 'strict'],
  ['an unknown id', 'GET', '/v1/messages/msg_unknown', {}, 'message_not_found', 'id'],
  ['an id with a NUL', 'GET', '/v1/messages/a%00b', {}, 'message_not_found', 'id'],
  ['the cancel of an unknown id', 'POST', '/v1/messages/msg_unknown/cancel', {}, 'message_not_found', 'id'],
  ['a bad cursor', 'GET', '/v1/messages?cursor=abc', {}, 'invalid_request', 'cursor'],
  ['a bad status', 'GET', '/v1/messages?status=done', {}, 'invalid_request', 'status'],
  ['a bad outcome', 'GET', '/v1/messages?outcome=good', {}, 'invalid_request', 'outcome'],
  ['a bad moment', 'GET', '/v1/messages?since=yesterday', {}, 'invalid_request', 'since'],
  ['a moment that does not exist', 'GET', '/v1/messages?since=2026-02-31T00:00:00Z', {}, 'invalid_request', 'since'],
  ['a bad limit', 'GET', '/v1/messages?limit=0', {}, 'invalid_request', 'limit'],
  ['a parameter twice', 'GET', '/v1/messages?limit=1&limit=2', {}, 'invalid_request', 'limit'],
  ['an unknown parameter', 'GET', '/v1/messages?page=2', {}, 'invalid_request', 'page'],
  ['nobody who acknowledges', 'POST', '/v1/messages/msg_unknown/acknowledge', { json: {} }, 'invalid_request', 'by'],
  ['a number as a name', 'POST', '/v1/messages/msg_unknown/acknowledge', { json: { by: 7 } }, 'invalid_request', 'by'],
  ['a bad queue', 'GET', '/v1/tasks?queue=a%20b', {}, 'invalid_request', 'queue'],
  ['a bad address', 'GET', '/v1/opt-outs/12', {}, 'invalid_request', 'address'],
  [
    'a bad scope',
    'PUT',
    '/v1/opt-outs/+12025550101',
    { json: { scope: { channel: 'fax' } } },
    'invalid_request',
    'scope.channel',
  ],
  [
    'no signature',
    'POST',
    CONVERSATIONS,
    { ...signedWebhook(CONVERSATIONS, {}), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    'signature_invalid',
    'X-Twilio-Signature',
  ],
  [
    'a signature of another path',
    'POST',
    CONVERSATIONS,
    signedWebhook('/webhooks/twilio/messaging', { A: '1' }),
    'signature_invalid',
    'X-Twilio-Signature',
  ],
  [
    'a signature of somebody else',
    'POST',
    CONVERSATIONS,
    signedWebhook(CONVERSATIONS, { A: '1' }, 'guessed'),
    'signature_invalid',
    'X-Twilio-Signature',
  ],
  [
    'a signed body without a kind',
    'POST',
    CONVERSATIONS,
    signedWebhook(CONVERSATIONS, { A: '1' }),
    'invalid_request',
    'EventType',
  ],
  ['a GET of a webhook', 'GET', CONVERSATIONS, {}, 'method_not_allowed'],
  ['a huge webhook', 'POST', CONVERSATIONS, signedWebhook(CONVERSATIONS, { A: 'x'.repeat(70_000) }), 'body_too_large'],
];

for (const [what, method, path, options, code, field] of cases) {
  test(`${what} gets one clear answer`, async () => {
    const answer = await api.call(method, path, options);
    const { status, title, remedy } = PROBLEMS[code];
    expect(answer.json).toMatchObject({ type: `urn:posthorn:problem:${code}`, status, title, code, remedy });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
    const requestId = answer.headers.get('X-Request-Id') ?? '';
    expect(answer.json).toMatchObject({ instance: `urn:uuid:${requestId}` });
    const { errors } = answer.json as { errors?: { field: string; message: string }[] };
    expect(errors?.map((error) => error.field)).toEqual(field === undefined ? undefined : [field]);
    for (const { message } of errors ?? []) {
      expect(message).toMatch(/^\S+.{10,}/);
    }
  });
}

test('an empty body is told what is missing', async () => {
  const { errors } = (await api.call('POST', '/v1/messages')).json as { errors: { field: string }[] };
  expect(errors.map(({ field }) => field)).toEqual(['to', 'body']);
});

test('several wrong fields are listed together', async () => {
  const json = { to: 'x', category: 'spam', policy: { maxAttempts: 0, escalation: [{ channel: 'human' }] } };
  const { errors } = (await api.call('POST', '/v1/messages', { json })).json as { errors: { field: string }[] };
  expect(errors.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['to', 'body', 'category', 'policy.maxAttempts', 'policy.escalation[0].queue']),
  );
});

test('no answer repeats an address or a text', async () => {
  const json = { to: '+99912345678', body: 'a secret', from: '+12025550100' };
  const { text } = await api.call('POST', '/v1/messages', { json });
  const { text: broken } = await api.call('POST', '/v1/messages', {
    body: '{"body": "a secret" "to"}',
    headers: JSON_TYPE,
  });
  expect(text + broken).not.toMatch(/99912345678|a secret/);
});

test('a message of another tenant looks like none, whatever is asked', async () => {
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/cancel'],
    ['POST', '/acknowledge'],
  ] as const) {
    const json = path === '/acknowledge' ? { by: 'Ann' } : undefined;
    const answer = await api.call(method, `/v1/messages/${messageId}${path}`, { key: GLOBEX, json });
    expect(answer.json).toMatchObject({ code: 'message_not_found' });
  }
  expect(api.client.asked).toEqual([]);
});

test('a wrong key is answered with how to log in, and a wrong method with the right ones', async () => {
  expect((await api.call('GET', '/v1/messages', { key: undefined })).headers.get('WWW-Authenticate')).toBe(
    'Bearer realm="posthorn"',
  );
  expect((await api.call('GET', '/v1/messages', { key: 'x' })).headers.get('WWW-Authenticate')).toContain(
    'invalid_token',
  );
  expect((await api.call('PUT', '/v1/messages/x')).headers.get('Allow')).toBe('GET, HEAD');
});

test('what nobody foresaw is hidden from the caller and logged for the operator', async () => {
  api.client.failure = new Error('details that are nobody’s business, such as +12025550101');
  const answer = await api.call('POST', '/v1/messages', { json: VALID_BODY });
  api.client.failure = undefined;
  expect(answer.json).toMatchObject({ status: 500, code: 'internal_error' });
  expect(answer.text).not.toContain('business');
  const requestId = answer.headers.get('X-Request-Id') ?? '';
  const line = api.logged.find((logged) => logged.includes(requestId) && logged.includes('business')) ?? '';
  expect(JSON.parse(line)).toMatchObject({
    level: 50,
    err: { message: 'details that are nobody’s business, such as +[number]' },
  });
});

test('a body that breaks off is no request, and no defect of ours', async () => {
  const { port } = new URL(api.url);
  const socket = connect(Number(port), '127.0.0.1');
  const logged = api.logged.length;
  socket.write(
    `POST /v1/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ACME}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"to":`,
    () => socket.destroy(),
  );
  const lines = () => api.logged.slice(logged).map((line) => JSON.parse(line) as { level: number; status?: number });
  await until('the answer', () => lines().some(({ status }) => status === 400));
  expect(lines().filter(({ level }) => level > 20)).toEqual([]);
});
