import { request } from 'node:http';
import { ACME, startTestApi, type TestApi } from './support/test-api';
import { until } from '../support/until';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const CSV = { 'Content-Type': 'text/csv' };
const importCsv = (body: string, query = '') => api.call('POST', `/v1/opt-outs/import${query}`, { body, headers: CSV });

test('a file is taken, its wrong rows are listed, and the same file again changes nothing', async () => {
  const body = 'Phone Number;Name;reason\r\n+12025550160;Ada;letter\r\n2025550161;Bob;\r\n+12025550162;Eve;\r\n';
  const query = '?address=Phone%20Number';
  const columns = { address: 'Phone Number', reason: 'reason' };
  const wrong = [
    { line: 3, field: 'address', message: expect.stringContaining('address has no country code') as string },
  ];
  const answers = [];
  for (const each of [`${query}&dryRun=true`, query, query]) {
    answers.push(await importCsv(body, each));
  }
  const counts = { rows: 3, added: 2, known: 0, wrong: 1, moved: 0 };
  expect(answers.map(({ json, status }) => [status, json])).toEqual(
    [
      { ...counts, dryRun: true },
      { ...counts, dryRun: false, moved: 2 },
      { ...counts, dryRun: false, added: 0, known: 2 },
    ].map((sum) => [200, { ...sum, columns, ignoredColumns: ['Name'], errors: wrong }]),
  );
  const { json } = await api.call('GET', '/v1/opt-outs/+12025550160/history');
  expect(json).toMatchObject({ history: [{ source: 'import', actor: 'acme', reason: 'letter', optedOut: true }] });
});

test('errors are listed up to a hundred, and counted', async () => {
  const { json } = await importCsv(`address\n${'nonsense\n'.repeat(250)}`);
  expect(json).toMatchObject({ rows: 250, wrong: 250, added: 0 });
  expect((json as { errors: unknown[] }).errors).toHaveLength(100);
});

test.each([
  [
    'Name,Fon\nAda,1\n',
    '',
    'address',
    'the file has the columns "Name", "Fon"; name the one with the phone numbers with ?address=<column>',
  ],
  ['', '', 'file', 'the file has no row with the names of the columns'],
  ['address\n', '?dryRun=yes', 'dryRun', 'dryRun is not known: give true or false'],
  ['address\n', '?map=x', 'map', 'map is not a known field'],
])('a file %j with %j is refused as a whole', async (body, query, field, message) => {
  const answer = await importCsv(body, query);
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({
    code: 'invalid_request',
    errors: [{ field, message: expect.stringContaining(message) as string }],
  });
});

test('a large file with a wrong header is answered, and the connection still works', async () => {
  const answer = await importCsv(`Name\n${'x'.repeat(200)}\n`.repeat(20_000));
  expect([answer.status, answer.json]).toMatchObject([400, { errors: [{ field: 'address' }] }]);
});

test('only CSV without compression is read', async () => {
  for (const headers of [{ 'Content-Type': 'application/json' }, { ...CSV, 'Content-Encoding': 'gzip' }]) {
    const answer = await api.call('POST', '/v1/opt-outs/import', { body: 'address\n', headers });
    expect(answer.status).toBe(415);
  }
});

test('a connection that breaks off takes no half row, and the API goes on', async () => {
  const outgoing = request(`${api.url}/v1/opt-outs/import`, {
    method: 'POST',
    headers: { ...CSV, Authorization: `Bearer ${ACME}` },
  });
  outgoing.on('error', () => undefined);
  const rows = Array.from({ length: 500 }, (_none, index) => `+12025550163,row ${index}\n`);
  outgoing.write(`address,reason\n${rows.join('')}+12025550164`);
  const known = (): Promise<unknown[]> => api.stores.optOuts.history('+12025550163');
  await until('the first batch', async () => (await known()).length === 500);
  outgoing.destroy();
  await until('the end of the request', () =>
    api.logged.some((line) => line.includes('/v1/opt-outs/import') && line.includes('"status":400')),
  );
  expect(await api.stores.optOuts.history('+12025550164')).toEqual([]);
});

test('the ledger is exported as it is, and taken again without a change', async () => {
  await importCsv("address,reason\n+12025550165,'=1\n");
  for (const query of ['', '?history=true']) {
    const answer = await api.call('GET', `/v1/opt-outs/export${query}`);
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('Content-Disposition')).toMatch(/^attachment; filename="opt-out[-a-z]+\.csv"$/);
    expect(answer.text).toMatch(/^address,sender,channel,category,optedOut,at,reason,source,evidence,actor\n/);
    expect(answer.text).toMatch(/^\+12025550165,,,,true,[^,]+,'=1,import,row [0-9a-f]+,acme$/m);
    expect((await importCsv(answer.text)).json).toMatchObject({ wrong: 0, added: 0, moved: 0 });
  }
});

test('the list is filtered and paged, the newest first', async () => {
  const rows = Array.from(
    { length: 5 },
    (_none, index) => `+1202555017${index},whatsapp,marketing,2026-02-0${index + 1}\n`,
  );
  await importCsv(`address,channel,category,at\n${rows.join('')}+12025550179,,,2026-02-03\n`);
  const list = async (query: string): Promise<{ addresses: string[]; nextCursor: string | null }> => {
    const { json } = await api.call('GET', `/v1/opt-outs?since=2026-02-02&${query}`);
    const { optOuts, nextCursor } = json as { optOuts: { address: string }[]; nextCursor: string | null };
    return { addresses: optOuts.map(({ address }) => address.slice(-2)), nextCursor };
  };
  const first = await list('source=import&channel=whatsapp&category=marketing&optedOut=true&sender=any&limit=3');
  expect(first.addresses).toEqual(['74', '73', '72']);
  const second = await list(`channel=whatsapp&limit=3&cursor=${first.nextCursor ?? ''}`);
  expect(second).toEqual({ addresses: ['71'], nextCursor: null });
  expect((await list('optedOut=false')).addresses).toEqual([]);
  expect((await list('sender=%2B12025550100')).addresses).toEqual([]);
  expect((await list('category=any')).addresses).toContain('79');
  const { json } = await api.call('GET', '/v1/opt-outs?category=marketing&limit=1');
  expect(json).toMatchObject({
    optOuts: [
      {
        at: '2026-02-05T00:00:00.000Z',
        address: '+12025550174',
        optedOut: true,
        sender: null,
        channel: 'whatsapp',
        category: 'marketing',
        source: 'import',
        evidence: expect.stringMatching(/^row /) as string,
        actor: 'acme',
        reason: null,
      },
    ],
  });
});

test.each([
  ['optedOut=maybe', 'optedOut is not known: give true or false'],
  ['source=fax', 'source is not known: give receipt, inbound_word, call_key, api, import or operator'],
  ['sender=acme', 'sender has letters in it'],
  ['channel=fax', 'channel is not known: give sms, whatsapp, voice or any'],
  ['category=spam', 'category is not known'],
  ['cursor=abc', 'cursor is not a cursor of this list'],
])('the list refuses %s', async (query, message) => {
  const { json, status } = await api.call('GET', `/v1/opt-outs?${query}`);
  expect([status, json]).toMatchObject([400, { errors: [{ message: expect.stringContaining(message) as string }] }]);
});
