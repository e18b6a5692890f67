import { createApp } from '../../src/http/app';
import { listen } from '../../src/http/listen';
import { type ReadinessCheck } from '../../src/http/routes/readiness';
import { TemporalUnavailableError } from '../../src/temporal/errors';
import { startTestApi, type TestApi } from './support/test-api';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

test('a process that answers is alive, whatever is away', async () => {
  const answer = await api.call('GET', '/healthz', { key: undefined });
  expect([answer.status, answer.json]).toEqual([200, { status: 'ok' }]);
});

test('with Postgres and Temporal it is ready', async () => {
  const answer = await api.call('GET', '/readyz', { key: undefined });
  expect([answer.status, answer.json]).toEqual([200, { status: 'ready', checks: { database: 'ok', temporal: 'ok' } }]);
});

test('without Temporal it is not, and says what to do', async () => {
  api.client.failure = new TemporalUnavailableError('Temporal does not answer: check TEMPORAL_ADDRESS');
  const answer = await api.call('GET', '/readyz', { key: undefined });
  api.client.failure = undefined;
  expect(answer.json).toMatchObject({
    status: 503,
    code: 'not_ready',
    errors: [{ field: 'temporal', message: 'temporal: Temporal does not answer: check TEMPORAL_ADDRESS' }],
  });
});

test('with a database that was not set up it is not ready, and a webhook or request is told to come again', async () => {
  const other = await startTestApi();
  await other.database.database.raw('drop table messages cascade');
  await other.database.database.raw('delete from schema_migrations');
  try {
    const answer = await other.call('GET', '/readyz', { key: undefined });
    expect(answer.json).toMatchObject({ code: 'not_ready', errors: [{ field: 'database' }] });
    expect(answer.text).toContain('posthorn setup');
    const list = await other.call('GET', '/v1/messages');
    expect(list.json).toMatchObject({ status: 503, code: 'database_unavailable' });
    expect(list.headers.get('Retry-After')).not.toBeNull();
  } finally {
    await other.stop();
  }
});

test('a part that does not answer has failed', async () => {
  const never: ReadinessCheck = { part: 'database', findProblem: () => new Promise(() => undefined) };
  const handle = createApp({ ...api.deps, checks: [never], checkTimeoutMs: 20 }).callback();
  const listener = await listen((request, response) => void handle(request, response), { port: 0, host: '127.0.0.1' });
  try {
    const response = await fetch(`http://127.0.0.1:${listener.port}/readyz`);
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('no answer within 20 ms')]);
  } finally {
    await listener.stop();
  }
});
