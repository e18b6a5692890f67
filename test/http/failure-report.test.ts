import { ReportTooSlowError } from '../../src/database/report-store';
import { OUTCOME_KINDS } from '../../src/domain/outcome';
import { type FailureReportView } from '../../src/http/presenters/failure-report';
import { toHttpProblem } from '../../src/http/to-http-problem';
import { newAttempt, newMessage, newOutcome, RECIPIENT, SENDER } from '../support/database-fixtures';
import { nextMillisecond } from '../support/next-millisecond';
import { GLOBEX, startTestApi, type TestApi } from './support/test-api';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  for (const kind of OUTCOME_KINDS) {
    const message = newMessage();
    const { messageId } = message;
    await api.stores.messages.beginAttempt(message, newAttempt());
    const error = kind === 'failed' ? { errorCode: 21606, errorClass: 'config' as const } : {};
    await api.stores.messages.recordOutcome({
      messageId,
      message,
      outcome: newOutcome({ kind, ...error }),
      heardEventIds: [],
    });
  }
  // A window ends before the moment of its question.
  await nextMillisecond(api.database.database);
});
afterAll(() => api.stop());

const get = (query: string, options: Parameters<TestApi['call']>[2] = {}) =>
  api.call('GET', `/v1/reports/failures${query}`, options);

test('counts what did not arrive, with reason, remedy and share of all messages', async () => {
  const answer = await get('?groupBy=errorCode,channel');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Content-Type')).toContain('application/json');
  const { rows, totals, ...report } = answer.json as FailureReportView;
  expect(report).toMatchObject({ timeZone: 'UTC', groupBy: ['errorCode', 'channel'], totalRows: 4 });
  expect(new Date(report.since).toISOString()).toMatch(/T00:00:00\.000Z$/);
  expect(totals).toMatchObject({ messages: 12, arrived: 3, failure: 3, unproven: 2, stopped: 4, failureRate: 0.25 });
  expect(totals.outcomes).toMatchObject({ opted_out: 1, suppressed: 1, expired: 1 });
  expect(rows.find(({ errorCode }) => errorCode === 21606)).toEqual({
    errorCode: 21606,
    channel: 'sms',
    verdict: 'failure',
    count: 1,
    messages: 12,
    share: 0.083333,
    mostly: { outcome: 'failed', errorCode: 21606, errorClass: 'config', count: 1 },
    reason: 'the sender cannot send messages to this destination',
    remedy: 'Check the sender: it must belong to the account and be able to send on this channel to this country.',
  });
  expect(rows.map(({ verdict }) => verdict)).toEqual(['failure', 'failure', 'unproven', 'stopped']);
  expect(answer.text).not.toContain(RECIPIENT);
});

test.each([
  ['format=csv', '?groupBy=outcome,sender&format=csv', {}],
  ['Accept', '?groupBy=outcome,sender', { headers: { Accept: 'text/csv' } }],
])('is CSV by %s', async (_what, query, options) => {
  const answer = await get(query, options);
  expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present');
  expect(answer.headers.get('Content-Disposition')).toMatch(
    /^attachment; filename="failures-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv"$/,
  );
  const lines = answer.text.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^outcome,sender,verdict,count,/);
  expect(lines).toContainEqual(expect.stringMatching(`^opted_out,\\${SENDER},stopped,1,12,`));
  expect(lines).toHaveLength(1 + OUTCOME_KINDS.length - 3);
});

test.each([
  ['format=json', '?format=json', { headers: { Accept: 'text/csv' } }],
  ['a browser', '', { headers: { Accept: 'text/html,*/*;q=0.8' } }],
])('is JSON for %s', async (_what, query, options) => {
  expect((await get(query, options)).headers.get('Content-Type')).toContain('application/json');
});

test('a tenant counts its own messages, and nobody without a key', async () => {
  expect(await get('', { key: GLOBEX })).toMatchObject({
    status: 200,
    json: { rows: [], totals: { messages: 0, failureRate: null } },
  });
  expect(await get('', { key: undefined })).toMatchObject({ status: 401 });
});

test.each([
  [
    '?groupBy=errorCode,recipient',
    'groupBy',
    'has a name that is not known: give one or more of errorCode, errorClass,',
  ],
  ['?groupBy=day&groupBy=channel', 'groupBy', 'is a list: give names with commas between, once'],
  ['?since=2026-02-01&until=2026-01-01', 'since', 'is not before until'],
  ['?since=2025-01-01&until=2026-01-01', 'since', 'is more than 92 days before the end'],
  ['?since=soon', 'since', 'is not a time: give days such as 7d'],
  ['?until=soon', 'until', 'is not a time: give a day'],
  ['?timeZone=CET%2B1', 'timeZone', 'is not a time zone: give its IANA name'],
  ['?format=xml', 'format', 'is not known: give json or csv'],
  [
    '?tenant=globex',
    'tenant',
    'is not a known field: remove it, or use one of since, until, groupBy, timeZone, format',
  ],
])('%s is refused with a remedy', async (query, field, message) => {
  expect(await get(query)).toMatchObject({
    status: 400,
    json: {
      code: 'invalid_request',
      errors: [{ field, message: expect.stringContaining(`${field} ${message}`) as string }],
    },
  });
});

test('a report that took too long is no fault of the database', () => {
  expect(toHttpProblem(new ReportTooSlowError())).toMatchObject({
    code: 'report_too_slow',
    definition: { status: 503 },
  });
});

test.each(OUTCOME_KINDS)('GET /v1/messages lists by the outcome %s', async (outcome) => {
  const { json, status } = await api.call('GET', `/v1/messages?outcome=${outcome}`);
  expect({ json, status }).toMatchObject({ status: 200, json: { messages: [{ outcome: { kind: outcome } }] } });
});
