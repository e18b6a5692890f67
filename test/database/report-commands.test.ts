import { runCli } from '../../src/cli/run-cli';
import { createMessageStore } from '../../src/database/message-store';
import { type FailureReportView } from '../../src/http/presenters/failure-report';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newMessage, newOutcome, RECIPIENT } from '../support/database-fixtures';
import { nextMillisecond } from '../support/next-millisecond';

let clone: TestDatabase;

beforeAll(async () => {
  clone = await createTestDatabase();
  const messages = createMessageStore(clone.database);
  for (const tenant of ['acme', 'acme', 'globex']) {
    const message = newMessage({ tenant });
    const { messageId } = message;
    await messages.beginAttempt(message, newAttempt());
    const outcome = newOutcome({ kind: 'failed', errorCode: 30008, errorClass: 'retry', reason: 'error 30008' });
    await messages.recordOutcome({ messageId, message, outcome, heardEventIds: [] });
  }
  // A window ends before the moment of its question.
  await nextMillisecond(clone.database);
});
afterAll(() => clone.drop());

async function run(...args: string[]) {
  let written = '';
  let complained = '';
  const environment = { DATABASE_URL: clone.url, TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const exitCode = await runCli(['report', 'failures', ...args], {
    readEnvironment: () => environment,
    processEnvironment: environment,
    write: (text) => (written += text),
    complain: (text) => (complained += text),
  });
  return { exitCode, written, complained };
}

test('a picture of all tenants, with figures, words and no address', async () => {
  const { exitCode, written } = await run('--time-zone', 'Pacific/Kiritimati');
  expect({ exitCode, written }).toEqual({
    exitCode: 0,
    written: expect.stringMatching(
      /Failures of all tenants[^]*days of Pacific\/Kiritimati[^]*30008 +\S+ +3 +100\.0 %/,
    ) as string,
  });
  expect(written).toContain('failed, error 30008: the carrier gave no reason. Nothing to do at once');
  expect(written).toContain('the week before');
  expect(written).not.toContain(RECIPIENT);
});

test('JSON of one tenant', async () => {
  const { written } = await run('--tenant', 'acme', '--by', 'code,class', '--since', '1d', '--json');
  const report = JSON.parse(written) as FailureReportView;
  expect(report).toMatchObject({
    groupBy: ['errorCode', 'errorClass'],
    totals: { messages: 2, failure: 2, failureRate: 1 },
    rows: [{ errorCode: 30008, errorClass: 'retry', count: 2 }],
  });
});

test('CSV', async () => {
  const { written } = await run('--tenant', 'globex', '--by', 'sender,country', '--csv');
  expect(written).toMatch(
    /^sender,country,verdict,count[^\n]*\n\+12025550100,US,failure,1,1,1,failed,30008,retry,1,[^\n]*\n$/,
  );
});

test.each([
  [['--by', 'phone'], /^--by has a name that is not known: give one or more of errorCode/],
  [['--since', '100d'], /^--since is more than 92 days before the end/],
  [['--until', '2020-01-01', '--since', '2020-01-02'], /^--since is not before until/],
  [['--time-zone', 'Nowhere'], /^--time-zone is not a time zone/],
  [['--csv', '--json'], /cannot be used with option/],
])('%j is called in a wrong way', async (args, complaint) => {
  const { complained, exitCode, written } = await run(...args);
  expect({ exitCode, written }).toEqual({ exitCode: 2, written: '' });
  expect(complained).toMatch(complaint);
});
