import { type SidPrefix } from '../../src/domain/sid-kinds';
import { expectSentence, misplaced, sidOfKind } from '../identifiers/each-kind';
import { startTestApi, type TestApi } from './support/test-api';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type Place = readonly [
  name: string,
  expected: readonly SidPrefix[],
  method: string,
  path: (text: string) => string,
  json?: object,
];

const BY = { by: 'Ann' };

/** Parameters of paths and queries that take an id of posthorn's own, or an address. */
const PLACES: readonly Place[] = [
  ['id', [], 'GET', (text) => `/v1/messages/${text}`],
  ['id', [], 'POST', (text) => `/v1/messages/${text}/cancel`, {}],
  ['id', [], 'POST', (text) => `/v1/messages/${text}/acknowledge`, BY],
  ['id', [], 'POST', (text) => `/v1/messages/${text}/release`, { ...BY, reason: 'urgent' }],
  ['id', [], 'POST', (text) => `/v1/messages/${text}/redrive`, {}],
  ['id', [], 'GET', (text) => `/v1/tasks/${text}`],
  ['id', [], 'POST', (text) => `/v1/tasks/${text}/claim`, BY],
  ['id', [], 'POST', (text) => `/v1/tasks/${text}/note`, { ...BY, note: 'no answer' }],
  ['id', [], 'POST', (text) => `/v1/tasks/${text}/give-back`, BY],
  ['id', [], 'POST', (text) => `/v1/tasks/${text}/acknowledge`, BY],
  ['id', [], 'POST', (text) => `/v1/callbacks/${text}/redrive`, {}],
  ['messageId', [], 'GET', (text) => `/v1/callbacks?messageId=${text}`],
  ['address', [], 'GET', (text) => `/v1/opt-outs/${text}`],
  ['address', [], 'GET', (text) => `/v1/opt-outs/${text}/history`],
  ['address', [], 'PUT', (text) => `/v1/opt-outs/${text}`, {}],
  ['address', [], 'DELETE', (text) => `/v1/opt-outs/${text}`, {}],
  ['address', [], 'GET', (text) => `/v1/suppressions/${text}`],
  ['address', [], 'DELETE', (text) => `/v1/suppressions/${text}`, {}],
  ['conversationSid', ['CH'], 'POST', () => '/v1/messages'],
];

test.each(PLACES.map((place) => [place[0], place[2], place[3]('…'), place] as const))('%s of %s %s', async (...row) => {
  const [, , , place] = row;
  for (const [name, found, [, expected, method, path, json]] of misplaced([place])) {
    const text = sidOfKind(found);
    const body = json ?? (method === 'POST' ? { conversationSid: text, body: 'Hello' } : undefined);
    const answer = await api.call(method, path(text), body === undefined ? {} : { json: body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    const { errors } = answer.json as { readonly errors: readonly { readonly message: string }[] };
    expectSentence(errors.map(({ message }) => message).join('\n'), name, found, expected);
  }
});
