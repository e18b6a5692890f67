import crypto, { createHash, createHmac } from 'node:crypto';
import { type WebhookTrace, type WebhookVerdict } from '../../src/domain/webhook-trace';
import { allRows } from '../support/all-rows';
import { newAttempt, newCreated, newMessage, newSid, RECIPIENT } from '../support/database-fixtures';
import { until } from '../support/until';
import { rawPost, type RawRequest } from './support/raw-post';
import { ACCOUNT_SID } from './support/signed-webhook';
import { startTestApi, type TestApi } from './support/test-api';

const ORIGIN = 'https://posthorn.example.com';
const PATH = '/webhooks/twilio/conversations';
const FORM = 'application/x-www-form-urlencoded; charset=UTF-8';
/** TWILIO_AUTH_TOKEN has both while it is being rotated. */
const TOKEN = 'new-token';
const OLD_TOKEN = 'old-token';
/** Stands in every request, and must stand in no log line and no trace. */
const NUMBER = '12025550177';
const TEXT = 'meet me at noon';

type Fields = readonly (readonly [name: string, value: string])[];

/** What a case changes of a request that Twilio signed, before or after it was signed. */
interface Case {
  readonly what: string;
  /** What Twilio signs: the URL and the fields. */
  readonly signedUrl?: string;
  readonly signed?: (fields: Fields) => Fields;
  readonly token?: string;
  /** What is sent in place of what was signed. */
  readonly path?: string;
  readonly sent?: (fields: Fields) => Fields;
  readonly body?: (body: string) => string | Buffer;
  readonly headers?: (headers: Readonly<Record<string, string>>) => RawRequest['headers'];
}

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** HMAC-SHA1 as Twilio documents it, written apart from the code under test. */
function sign(token: string, url: string, fields: Fields): string {
  const sorted = [...fields].sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  const text = sorted.reduce((joined, [name, value]) => joined + name + value, url);
  return createHmac('sha1', token).update(text, 'utf8').digest('base64');
}

const encode = (fields: Fields): string =>
  fields.map((pair) => pair.map((part) => encodeURIComponent(part).replaceAll('%20', '+')).join('=')).join('&');

/** A receipt of a message that waits for one, with everything in it that is hard to sign. */
async function newReceiptFields(): Promise<Fields> {
  const created = newCreated();
  const message = newMessage();
  await api.stores.messages.beginAttempt(message, newAttempt(), { opened: created });
  await api.stores.messages.recordCreated(message.messageId, 1, created);
  return [
    ['EventType', 'onDeliveryUpdated'],
    ['AccountSid', ACCOUNT_SID],
    ['ConversationSid', created.conversationSid],
    ['MessageSid', created.messageSid],
    ['DeliveryReceiptSid', newSid('DY')],
    ['ParticipantSid', newSid('MB')],
    ['ChannelMessageSid', newSid('SM')],
    ['Status', 'undelivered'],
    ['ErrorCode', '30003'],
    ['DateUpdated', '2026-01-02T03:04:06Z'],
    ['RetryCount', '0'],
    ['MessagingBinding.Address', `+${NUMBER}`],
    ['Body', `${TEXT} & 1+1=2 %`],
    ['FriendlyName', 'Zoë 🐦 東京'],
    ['Empty', ''],
    ['Blank', ' '],
  ];
}

function requestFor(fields: Fields, variation: Case): RawRequest {
  const signedFields = variation.signed?.(fields) ?? fields;
  const path = variation.path ?? PATH;
  const signature = sign(variation.token ?? TOKEN, variation.signedUrl ?? `${ORIGIN}${PATH}`, signedFields);
  const body = encode(variation.sent?.(signedFields) ?? signedFields);
  const headers = { 'Content-Type': FORM, 'X-Twilio-Signature': signature };
  return { path, body: variation.body?.(body) ?? body, headers: variation.headers?.(headers) ?? headers };
}

const set =
  (name: string, value: string) =>
  (fields: Fields): Fields =>
    fields.map((field) => (field[0] === name ? [name, value] : field));
const without =
  (name: string) =>
  (fields: Fields): Fields =>
    fields.filter(([known]) => known !== name);
const add =
  (...more: Fields) =>
  (fields: Fields): Fields => [...fields, ...more];

/** Posts, and waits for the trace that is written after the answer. */
async function post(request: RawRequest) {
  const known = await traceCount();
  api.logged.length = 0;
  const answer = await rawPost(api.url, request);
  await api.background.idle();
  await until('the trace', async () => (await traceCount()) > known);
  const { webhooks } = await api.deps.webhookTraces.list({ limit: 1 });
  return { ...answer, trace: webhooks[0] as WebhookTrace, log: api.logged.join('') };
}

const traceCount = async (): Promise<number> => (await api.deps.webhookTraces.list({ limit: 10_000 })).webhooks.length;
const everythingElse = () => allRows(api.database.database, ['webhooks']);

function expectNothingPersonal(texts: readonly string[]): void {
  for (const text of texts) {
    expect(text).not.toMatch(new RegExp(`${NUMBER}|${TEXT}|Zoë|${TOKEN}|${OLD_TOKEN}`));
  }
}

const json = (path: string, body: string, signedUrl = `${ORIGIN}${path}`): RawRequest => ({
  path,
  body,
  headers: { 'Content-Type': 'application/json', 'X-Twilio-Signature': sign(TOKEN, signedUrl, []) },
});
const hashedPath = (body: string): string => `${PATH}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;

describe('accepted', () => {
  test.each<Case>([
    { what: 'as Twilio sends it' },
    { what: 'signed with the token that is going', token: OLD_TOKEN },
    { what: 'its fields in another order', sent: (fields) => fields.toReversed() },
    {
      what: 'another Host and X-Forwarded-* headers: they are not signed and not read',
      headers: (headers) => ({
        ...headers,
        Host: 'evil.example',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'http',
        'X-Forwarded-Port': '8080',
        Forwarded: 'host=evil.example;proto=http',
      }),
    },
    { what: 'the standard port in the signed URL', signedUrl: `${ORIGIN}:443${PATH}` },
    { what: 'a query that was signed', signedUrl: `${ORIGIN}${PATH}?a=%20b&a=c`, path: `${PATH}?a=%20b&a=c` },
    { what: 'a repeated field', signed: add(['Tag', 'b'], ['Tag', 'a']) },
    { what: 'spaces as %20 and not as +', body: (body) => body.replaceAll('+', '%20') },
    { what: 'fields that nobody knows', signed: add(['Näme', 'ü'], ['Extra[b]', '1'], ['StatusReason', 'x']) },
  ])('$what', async (variation) => {
    const fields = await newReceiptFields();
    const { log, status, trace } = await post(requestFor(fields, variation));
    expect({ ...trace, answered: status }).toMatchObject({
      answered: 200,
      verdict: 'accepted',
      effect: 'receipt_stored',
      errorCode: 30003,
      deliveryReceiptSid: new Map(fields).get('DeliveryReceiptSid'),
    });
    expectNothingPersonal([log, JSON.stringify(trace)]);
  });

  test('a form with its hash in the query', async () => {
    const body = encode(await newReceiptFields());
    const path = hashedPath(body);
    const headers = { 'Content-Type': FORM, 'X-Twilio-Signature': sign(TOKEN, `${ORIGIN}${path}`, []) };
    expect(await post({ path, body, headers })).toMatchObject({ status: 200, trace: { verdict: 'accepted' } });
  });
});

describe('refused', () => {
  const refusals: readonly Case[] = [
    { what: 'a changed field', sent: set('Status', 'delivered') },
    { what: 'a changed field, by letter case alone', sent: set('Status', 'Undelivered') },
    { what: 'an added field', sent: add(['Extra', 'x']) },
    { what: 'an added empty field', sent: add(['Extra', '']) },
    { what: 'a second value', sent: add(['Status', 'delivered']) },
    { what: 'a missing field', sent: without('ErrorCode') },
    { what: 'a missing empty field', sent: without('Empty') },
    { what: 'a renamed field', sent: (fields) => [...without('Status')(fields), ['DeliveryStatus', 'undelivered']] },
    { what: 'a + that became a space', body: (body) => body.replaceAll('%2B', '+') },
    { what: 'a value that lost its blank', sent: set('Blank', '') },
    { what: 'letters in another encoding', body: (body) => body.replace('Zo%C3%AB', 'Zo%EB') },
    { what: 'letters in another normal form', sent: set('FriendlyName', 'Zoë 🐦 東京'.normalize('NFD')) },
    { what: 'no body', body: () => '' },
    { what: 'no signature', headers: (headers) => ({ 'Content-Type': headers['Content-Type'] ?? '' }) },
    { what: 'an empty signature', headers: (headers) => ({ ...headers, 'X-Twilio-Signature': '' }) },
    { what: 'a signature that is none', headers: (headers) => ({ ...headers, 'X-Twilio-Signature': 'x' }) },
    {
      what: 'a signature that is cut',
      headers: (headers) => ({ ...headers, 'X-Twilio-Signature': String(headers['X-Twilio-Signature']).slice(0, -1) }),
    },
    {
      what: 'the right signature beside a wrong one',
      headers: (headers) => ({ ...headers, 'X-Twilio-Signature': [String(headers['X-Twilio-Signature']), 'x'] }),
    },
    { what: 'signed for http', signedUrl: `http://posthorn.example.com${PATH}` },
    { what: 'signed for another port', signedUrl: `${ORIGIN}:8443${PATH}` },
    {
      what: 'signed for another host, which Host and X-Forwarded-* name',
      signedUrl: `http://evil.example${PATH}`,
      headers: (headers) => ({
        ...headers,
        Host: 'evil.example',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'http',
      }),
    },
    { what: 'signed for another path', signedUrl: `${ORIGIN}/webhooks/twilio/messaging` },
    { what: 'a query that was added', path: `${PATH}?a=b` },
    { what: 'a query that was changed', signedUrl: `${ORIGIN}${PATH}?a=b`, path: `${PATH}?a=c` },
    { what: 'signed with a token of somebody else', token: 'token-of-another-account' },
    { what: 'signed with the secret of the API key', token: 'secret-of-the-api-key' },
    { what: 'signed with the account SID', token: ACCOUNT_SID },
    { what: 'signed with both tokens at once', token: 'old-token, new-token' },
    { what: 'a form that calls itself text', headers: (headers) => ({ ...headers, 'Content-Type': 'text/plain' }) },
    {
      what: 'a form that calls itself JSON',
      headers: (headers) => ({ ...headers, 'Content-Type': 'application/json' }),
    },
  ];

  test.each(refusals)('$what', async (variation) => {
    const request = requestFor(await newReceiptFields(), variation);
    const before = await everythingElse();
    const { log, status, text, trace } = await post(request);
    expect(status).toBe(403);
    expect(text).toContain('signature_invalid');
    expect(trace).toMatchObject({
      verdict: 'refused_signature',
      effect: 'nothing',
      reason: expect.any(String) as string,
    });
    // Nothing of what is not proved to be Twilio's is kept.
    expect(
      Object.keys(trace).filter((key) => /Sid$|^event$|^status$|^errorCode$|^messageId$|^tenant$/.test(key)),
    ).toEqual([]);
    expectNothingPersonal([log, text, JSON.stringify(trace)]);
    expect(log).toContain('its signature does not hold');
    expect(await everythingElse()).toEqual(before);
  });

  const RECEIPT_JSON = '{"EventType":"onDeliveryUpdated"}';
  test.each<[string, RawRequest, WebhookVerdict, number]>([
    ['JSON without a hash', json(PATH, RECEIPT_JSON), 'refused_signature', 403],
    ['JSON that is not what was hashed', json(hashedPath(RECEIPT_JSON), '{}'), 'refused_signature', 403],
    [
      'JSON whose hash was put right but not signed',
      json(hashedPath('{}'), '{}', `${ORIGIN}${hashedPath(RECEIPT_JSON)}`),
      'refused_signature',
      403,
    ],
    [
      'JSON whose hash was taken away',
      json(PATH, RECEIPT_JSON, `${ORIGIN}${hashedPath(RECEIPT_JSON)}`),
      'refused_signature',
      403,
    ],
    [
      'signed JSON: it is Twilio, but Conversations posts forms',
      json(hashedPath(RECEIPT_JSON), RECEIPT_JSON),
      'unreadable',
      400,
    ],
  ])('%s', async (_what, request, verdict, expected) => {
    const before = await everythingElse();
    const { status, trace } = await post(request);
    expect({ status, verdict: trace.verdict }).toEqual({ status: expected, verdict });
    expect(await everythingElse()).toEqual(before);
  });

  test.each<[string, Case, number, WebhookVerdict]>([
    ['another account', { what: '', signed: set('AccountSid', newSid('AC')) }, 403, 'refused_account'],
    ['no message SID', { what: '', signed: without('MessageSid') }, 400, 'unreadable'],
    ['a SID of another kind', { what: '', signed: set('DeliveryReceiptSid', newSid('IM')) }, 400, 'unreadable'],
  ])('signed by Twilio, with %s', async (_what, variation, expected, verdict) => {
    const request = requestFor(await newReceiptFields(), variation);
    const before = await everythingElse();
    const { log, status, trace } = await post(request);
    expect({ status, verdict: trace.verdict, effect: trace.effect }).toEqual({
      status: expected,
      verdict,
      effect: 'nothing',
    });
    expectNothingPersonal([log, JSON.stringify(trace)]);
    expect(await everythingElse()).toEqual(before);
  });

  test.each<[string, Case]>([
    [
      'the code becomes part of its name',
      { what: '', sent: (fields) => [...without('ErrorCode')(fields), ['ErrorCode3', '0003']] },
    ],
    [
      'the status becomes part of its name',
      { what: '', sent: (fields) => [...without('Status')(fields), ['Statusundelivered', '']] },
    ],
    [
      'the end of the status becomes a field',
      { what: '', sent: (fields) => [...without('Status')(fields), ['Status', 'und'], ['elivered', '']] },
    ],
  ])('what is signed alike: %s', async (_what, variation) => {
    const request = requestFor(await newReceiptFields(), variation);
    const before = await everythingElse();
    expect(await post(request)).toMatchObject({ status: 400, trace: { verdict: 'unreadable', effect: 'nothing' } });
    expect(await everythingElse()).toEqual(before);
  });
});

test('signatures are compared in constant time, right or wrong, with each token', async () => {
  const compare = jest.spyOn(crypto, 'timingSafeEqual');
  try {
    await post(requestFor(await newReceiptFields(), { what: '', token: 'token-of-another-account' }));
    const ofWrong = compare.mock.results.map(({ value }) => value as boolean);
    compare.mockClear();
    await post(requestFor(await newReceiptFields(), { what: '' }));
    // Once for each token at least; the SDK tries several ways to write the URL.
    expect(ofWrong.length).toBeGreaterThanOrEqual(2);
    expect(ofWrong).not.toContain(true);
    expect(compare.mock.results.some(({ value }) => value === true)).toBe(true);
  } finally {
    compare.mockRestore();
  }
});

describe('sent again', () => {
  test('an old receipt changes nothing but the trace, however often it comes', async () => {
    const request = requestFor(await newReceiptFields(), { what: '' });
    await post(request);
    const before = await everythingElse();
    const signalled = api.client.signalled.length;
    for (let again = 0; again < 3; again += 1) {
      expect(await post(request)).toMatchObject({ status: 200, trace: { verdict: 'repeated', effect: 'nothing' } });
    }
    expect(await everythingElse()).toEqual(before);
    expect(api.client.signalled).toHaveLength(signalled);
  });

  test('an old refusal with an opt-out code does not close again what was opened since', async () => {
    const optOut = requestFor(await newReceiptFields(), { what: '', signed: set('ErrorCode', '21610') });
    await post(optOut);
    expect(
      (await api.call('DELETE', `/v1/opt-outs/${RECIPIENT}`, { json: { reason: 'asked again' } })).json,
    ).toMatchObject({ optedOut: false });
    const before = await everythingElse();
    await post(optOut);
    expect(await everythingElse()).toEqual(before);
  });

  test('an old STOP and an old START change nothing, in whatever order they come', async () => {
    const said = (Body: string, second: number): RawRequest =>
      requestFor(
        [
          ['EventType', 'onMessageAdded'],
          ['AccountSid', ACCOUNT_SID],
          ['ConversationSid', `CH${'1'.repeat(32)}`],
          ['MessageSid', newSid('IM')],
          ['Author', `+${NUMBER}`],
          ['Body', Body],
          ['Source', 'SMS'],
          ['Attributes', '{}'],
          ['DateCreated', `2026-01-02T03:04:0${second}Z`],
        ],
        { what: '' },
      );
    const stop = said('STOP', 1);
    const start = said('START', 2);
    expect((await post(stop)).trace).toMatchObject({ verdict: 'accepted', effect: 'opt_out_recorded' });
    expect((await post(start)).trace).toMatchObject({ verdict: 'accepted', effect: 'opt_in_recorded' });
    const before = await everythingElse();
    for (const request of [stop, start, start, stop, stop]) {
      const { log, trace } = await post(request);
      expect(trace).toMatchObject({ verdict: 'repeated', effect: 'nothing' });
      expectNothingPersonal([log, JSON.stringify(trace)]);
    }
    expect(await everythingElse()).toEqual(before);
  });
});
