import { startTestApi, type TestApi } from './support/test-api';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

test('an address that nobody knows has opted out of nothing', async () => {
  const answer = await api.call('GET', '/v1/opt-outs/+12025550150');
  expect([answer.status, answer.json]).toEqual([200, { address: '+12025550150', optedOut: false, scopes: [] }]);
});

test('an opt-out is put, shown, lifted, and never forgotten', async () => {
  const path = '/v1/opt-outs/%2B12025550151';
  const put = await api.call('PUT', path, { json: { reason: 'asked by phone' } });
  const anything = { sender: null, channel: null, category: null, source: 'api', at: expect.any(String) as string };
  expect([put.status, put.json]).toEqual([200, { address: '+12025550151', optedOut: true, scopes: [anything] }]);
  await api.call('PUT', path, {
    json: { scope: { sender: 'whatsapp:+12025550100', channel: 'whatsapp', category: 'marketing' } },
  });
  expect((await api.call('GET', '/v1/opt-outs/whatsapp:+1 202 555 0151')).json).toMatchObject({
    optedOut: true,
    scopes: expect.arrayContaining([
      expect.objectContaining({ sender: '+12025550100', channel: 'whatsapp', category: 'marketing' }),
    ]) as object[],
  });

  const lifted = await api.call('DELETE', path, { json: { reason: 'opted in again' } });
  expect([lifted.status, lifted.json]).toEqual([200, { address: '+12025550151', optedOut: false, scopes: [] }]);

  const { history } = (await api.call('GET', `${path}/history`)).json as { history: object[] };
  expect(history).toHaveLength(4);
  expect(history[0]).toMatchObject({ optedOut: true, actor: 'acme', reason: 'asked by phone', source: 'api' });
  expect(history[3]).toMatchObject({ optedOut: false, actor: 'acme', reason: 'opted in again' });
});

test('a put needs no body, a delete needs a reason, and a delete of nothing changes nothing', async () => {
  const path = '/v1/opt-outs/+12025550152';
  const json = { reason: 'asked again' };
  expect((await api.call('DELETE', path, { json })).json).toMatchObject({ optedOut: false });
  expect((await api.call('GET', `${path}/history`)).json).toEqual({ address: '+12025550152', history: [] });
  expect((await api.call('PUT', path)).json).toMatchObject({ optedOut: true });
  for (const wrong of [undefined, {}, { reason: ' ' }]) {
    const answer = await api.call('DELETE', path, { json: wrong });
    expect([answer.status, answer.json]).toMatchObject([
      400,
      { code: 'invalid_request', errors: [{ field: 'reason' }] },
    ]);
  }
  expect((await api.call('GET', path)).json).toMatchObject({ optedOut: true });
  expect((await api.call('DELETE', path, { json })).json).toMatchObject({ optedOut: false });
});

test('a put against the own START of a recipient needs a reason, in that scope alone', async () => {
  const address = '+12025550153';
  const scope = { sender: '+12025550100' };
  const at = new Date(Date.now() - 60_000).toISOString();
  const start = {
    address,
    scope,
    optedOut: false,
    source: 'inbound_word',
    evidence: 'IM1',
    actor: 'recipient',
    at,
  } as const;
  await api.stores.optOuts.record(start);
  const path = `/v1/opt-outs/${address}`;
  const refused = await api.call('PUT', path, { json: { scope } });
  expect([refused.status, refused.json]).toMatchObject([
    400,
    {
      errors: [
        {
          field: 'reason',
          message: expect.stringContaining('reason is missing: the recipient has opted in here') as string,
        },
      ],
    },
  ]);
  expect((await api.call('PUT', path, { json: { scope: { channel: 'sms' } } })).status).toBe(200);
  expect((await api.call('PUT', path, { json: { scope, reason: 'asked by phone' } })).status).toBe(200);
});
