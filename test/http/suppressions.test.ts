import { createSuppressionStore } from '../../src/database/suppression-store';
import { startTestApi, type TestApi } from './support/test-api';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const ADDRESS = '+12025550160';
const since = new Date(Date.now() - 60_000).toISOString();
const until = new Date(Date.now() + 60_000).toISOString();
const suppression = { address: ADDRESS, channel: 'sms', errorCode: 30006, evidence: 'IM1', since, until } as const;

test('an address that nobody knows is not suppressed', async () => {
  const answer = await api.call('GET', '/v1/suppressions/+12025550169');
  expect([answer.status, answer.json]).toEqual([200, { address: '+12025550169', suppressed: false, suppressions: [] }]);
});

test('it is listed, shown, lifted for a reason, and not forgotten', async () => {
  await createSuppressionStore(api.database.database).suppress(suppression);
  const view = { ...suppression, meaning: expect.stringContaining('landline') as string };
  const path = `/v1/suppressions/${encodeURIComponent(ADDRESS)}`;
  expect((await api.call('GET', '/v1/suppressions?channel=sms&errorCode=30006')).json).toEqual({
    suppressions: [view],
    nextCursor: null,
  });
  expect((await api.call('GET', path)).json).toEqual({
    address: ADDRESS,
    suppressed: true,
    suppressions: [{ ...view, inForce: true, lifted: null }],
  });
  for (const json of [undefined, {}, { reason: ' ' }]) {
    const answer = await api.call('DELETE', path, { json });
    expect([answer.status, answer.json]).toMatchObject([400, { errors: [{ field: 'reason' }] }]);
  }
  const json = { reason: 'the number was ported' };
  expect((await api.call('DELETE', path, { json: { ...json, channel: 'whatsapp' } })).json).toMatchObject({
    suppressed: true,
  });
  expect((await api.call('DELETE', path, { json })).json).toMatchObject({
    suppressed: false,
    suppressions: [{ inForce: false, lifted: { by: 'acme', reason: 'the number was ported' } }],
  });
  expect((await api.call('GET', '/v1/suppressions')).json).toEqual({ suppressions: [], nextCursor: null });
});

test.each([
  ['channel=voicemail', 'channel'],
  ['errorCode=abc', 'errorCode'],
  ['cursor=nonsense', 'cursor'],
  ['since=yesterday', 'since'],
])('?%s gets an answer that names the field', async (query, field) => {
  const answer = await api.call('GET', `/v1/suppressions?${query}`);
  expect([answer.status, answer.json]).toMatchObject([400, { errors: [{ field }] }]);
});
