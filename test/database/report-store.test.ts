import { createDatabase } from '../../src/database/client';
import { createDeadLetterStore } from '../../src/database/dead-letter-store';
import { createInboxStore } from '../../src/database/inbox-store';
import { createMessageStore, type MessageStore, type NewAttempt } from '../../src/database/message-store';
import { createOutcomeCorrector } from '../../src/database/outcome-corrector';
import {
  createReportStore,
  type ReportScope,
  type ReportStore,
  ReportTooSlowError,
} from '../../src/database/report-store';
import { replaceOutcome } from '../../src/database/sql/replace-outcome';
import { type Category } from '../../src/domain/category';
import { type Outcome } from '../../src/domain/outcome';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newCreated, newMessage, newOutcome, newReceipt, SENDER } from '../support/database-fixtures';

let clone: TestDatabase;
let messages: MessageStore;
let reports: ReportStore;

beforeEach(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  reports = createReportStore(clone.database);
});
afterEach(() => clone.drop());

const FAILED = newOutcome({ kind: 'failed', errorCode: 30008, errorClass: 'retry', reason: 'error 30008' });
const OPTED_OUT = newOutcome({ kind: 'opted_out', attempt: 1, reason: 'the recipient had opted out' });
const GERMAN = '+4930901820';

interface Ending {
  readonly tenant?: string;
  readonly category?: Category;
  readonly attempts?: readonly Partial<NewAttempt>[];
  /** When it ended, ISO 8601. */
  readonly at?: string;
}

/** A message with these attempts that ended so. */
async function ended(outcome: Outcome, { at, attempts = [{}], category = 'alert', tenant = 'acme' }: Ending = {}) {
  const { request, ...rest } = newMessage({ tenant });
  const message = { ...rest, request: { ...request, category } };
  for (const [index, attempt] of attempts.entries()) {
    await messages.beginAttempt(message, newAttempt({ number: index + 1, ...attempt }));
  }
  await messages.recordOutcome({ messageId: message.messageId, message, outcome, heardEventIds: [] });
  if (at !== undefined) {
    await clone.database('messages').where({ message_id: message.messageId }).update({ closed_at: at });
  }
  return message;
}

function count(groupBy: ReportScope['groupBy'], scope: Partial<ReportScope> = {}) {
  const [since, until] = [-1, 1].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  return reports.countEndings({
    tenant: 'acme',
    since: since ?? '',
    until: until ?? '',
    timeZone: 'UTC',
    groupBy,
    ...scope,
  });
}

/** Values, verdict and count of each group. */
const groupsOf = async (...args: Parameters<typeof count>) =>
  (await count(...args)).groups.map(({ values, verdict, count: n, messages: all }) => [...values, verdict, n, all]);

test('counts by everything at once: what decided, and all messages that share what every message has', async () => {
  await ended(FAILED, { attempts: [{ channel: 'sms', recipient: GERMAN }] });
  await ended(FAILED, { attempts: [{ channel: 'sms', recipient: GERMAN }] });
  await ended(newOutcome(), { attempts: [{ channel: 'sms', recipient: GERMAN }] });
  await ended(newOutcome(), { attempts: [{ channel: 'sms', recipient: GERMAN }], category: 'marketing' });
  const day = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
  const all = ['errorCode', 'errorClass', 'outcome', 'channel', 'sender', 'country', 'category', 'day'] as const;
  expect(await count(all)).toEqual({
    outcomes: { failed: 2, delivered: 2 },
    groupCount: 1,
    groups: [
      {
        values: ['30008', 'retry', 'failed', 'sms', SENDER, 'DE', 'alert', day],
        verdict: 'failure',
        count: 2,
        messages: 3,
        cause: { outcome: 'failed', errorCode: 30008, errorClass: 'retry', count: 2 },
      },
    ],
  });
});

test('sender, channel and country are those of the attempt that decided; without one the country is that of the recipient', async () => {
  const elsewhere = { sender: '+4930901821', recipient: GERMAN, channel: 'whatsapp' as const };
  await ended({ ...FAILED, attempt: 2, channel: 'whatsapp' }, { attempts: [{}, elsewhere] });
  await ended({ ...FAILED, attempt: 1 }, { attempts: [{}, elsewhere] });
  await ended({ ...FAILED, attempt: 0 }, { attempts: [] });
  expect((await groupsOf(['channel', 'sender', 'country'])).toSorted()).toEqual(
    [
      ['whatsapp', '+4930901821', 'DE', 'failure', 1, 1],
      ['sms', SENDER, 'US', 'failure', 1, 1],
      ['sms', null, 'US', 'failure', 1, 1],
    ].toSorted(),
  );
});

test('what was stopped on purpose and what is unproven stand apart from failures, after them', async () => {
  await ended(OPTED_OUT);
  await ended(OPTED_OUT);
  await ended(newOutcome({ kind: 'expired' }));
  await ended(newOutcome({ kind: 'suppressed' }));
  await ended(newOutcome({ kind: 'unconfirmed' }));
  await ended(FAILED);
  await ended(newOutcome({ kind: 'read' }));
  expect(await groupsOf([])).toEqual([
    ['failure', 1, 7],
    ['unproven', 1, 7],
    ['stopped', 4, 7],
  ]);
  expect((await groupsOf(['outcome'])).slice(2)).toEqual([
    ['opted_out', 'stopped', 2, 7],
    ['expired', 'stopped', 1, 7],
    ['suppressed', 'stopped', 1, 7],
  ]);
});

test('a group says how most of it ended', async () => {
  await ended(FAILED);
  await ended(newOutcome({ kind: 'undeliverable', errorCode: 30005, errorClass: 'recipient' }));
  await ended(newOutcome({ kind: 'undeliverable', errorCode: 30005, errorClass: 'recipient' }));
  expect((await count(['channel'])).groups).toMatchObject([
    { count: 3, cause: { outcome: 'undeliverable', errorCode: 30005, errorClass: 'recipient', count: 2 } },
  ]);
});

test('days are those of the time zone, also where the clocks change', async () => {
  for (const at of [
    '2026-10-24T21:59:59.999Z',
    '2026-10-24T22:00:00.000Z',
    '2026-10-25T22:59:59.999Z',
    '2026-10-25T23:00:00.000Z',
  ]) {
    await ended(FAILED, { at });
  }
  const scope = { since: '2026-10-24T00:00:00.000Z', until: '2026-10-27T00:00:00.000Z' };
  expect(await groupsOf(['day'], { ...scope, timeZone: 'Europe/Berlin' })).toEqual([
    ['2026-10-25', 'failure', 2, 2],
    ['2026-10-24', 'failure', 1, 1],
    ['2026-10-26', 'failure', 1, 1],
  ]);
  expect(await groupsOf(['day'], scope)).toEqual([
    ['2026-10-24', 'failure', 2, 2],
    ['2026-10-25', 'failure', 2, 2],
  ]);
});

test('a window has its beginning and not its end, and an open message is in none', async () => {
  await ended(FAILED, { at: '2026-01-01T00:00:00.000Z' });
  await ended(FAILED, { at: '2026-01-02T00:00:00.000Z' });
  await messages.accept(newMessage());
  const scope = { since: '2026-01-01T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z' };
  expect(await groupsOf([], scope)).toEqual([['failure', 1, 1]]);
  expect(await count([], { since: '2027-01-01T00:00:00.000Z', until: '2027-01-02T00:00:00.000Z' })).toEqual({
    outcomes: {},
    groups: [],
    groupCount: 0,
  });
});

test('a tenant sees its own messages; without one all are counted, and in groups of all', async () => {
  await ended(FAILED);
  await ended(FAILED, { tenant: 'globex' });
  await ended(newOutcome(), { tenant: 'initech' });
  expect(await groupsOf([])).toEqual([['failure', 1, 1]]);
  expect(await groupsOf([], { tenant: 'initech' })).toEqual([]);
  expect(await groupsOf([], { tenant: 'nobody' })).toEqual([]);
  const [since, until] = ['1970-01-01T00:00:00.000Z', '2270-01-01T00:00:00.000Z'];
  const ofAll = await reports.countEndings({ since, until, timeZone: 'UTC', groupBy: [] });
  expect(ofAll).toMatchObject({ outcomes: { failed: 2, delivered: 1 }, groups: [{ count: 2, messages: 3 }] });
});

test('an outcome that late receipts corrected counts as what it is now', async () => {
  const unconfirmed = newOutcome({ kind: 'unconfirmed' });
  const { messageId } = await ended(unconfirmed);
  const created = newCreated();
  await messages.recordCreated(messageId, 1, created);
  expect(await groupsOf(['errorCode'])).toEqual([[null, 'unproven', 1, 1]]);
  const inbox = createInboxStore(clone.database);
  const correct = createOutcomeCorrector(clone.database, []);
  await inbox.store(newReceipt(created, { status: 'undelivered', errorCode: 30005 }));
  await correct(messageId);
  expect(await groupsOf(['errorCode'])).toEqual([['30005', 'failure', 1, 1]]);
  await inbox.store(newReceipt(created, { status: 'delivered' }));
  await correct(messageId);
  expect(await count(['errorCode'])).toMatchObject({ groups: [], outcomes: { delivered: 1 } });
});

test('a correction to another attempt takes its sender, channel and country with it', async () => {
  const unconfirmed = newOutcome({ kind: 'unconfirmed', attempt: 1 });
  const german = { sender: '+4930901821', recipient: GERMAN, channel: 'whatsapp' as const };
  const { messageId } = await ended(unconfirmed, { attempts: [{}, german] });
  const is = { ...FAILED, attempt: 2, channel: 'whatsapp' as const };
  await replaceOutcome(clone.database, { messageId, number: 1, was: unconfirmed, is, because: 'a test' });
  expect(await groupsOf(['channel', 'sender', 'country'])).toEqual([
    ['whatsapp', '+4930901821', 'DE', 'failure', 1, 1],
  ]);
});

test('a second word on the outcome of a message changes nothing, and a redriven one counts when it has ended again', async () => {
  const dead = newOutcome({ kind: 'failed', errorCode: 20003, errorClass: 'config', dead: 'configuration' });
  const german = { sender: '+4930901821', recipient: GERMAN };
  const message = await ended(dead, { attempts: [{}, german] });
  const { messageId } = message;
  await messages.recordOutcome({ messageId, message, outcome: { ...FAILED, attempt: 2 }, heardEventIds: [] });
  expect(await groupsOf(['errorCode', 'country'])).toEqual([['20003', 'US', 'failure', 1, 1]]);
  await createDeadLetterStore(clone.database).reopen({ messageId, by: 'tests' });
  expect(await groupsOf([])).toEqual([]);
  await messages.recordOutcome({
    messageId,
    message: { ...message, redrive: 1 },
    outcome: { ...FAILED, attempt: 2 },
    heardEventIds: [],
  });
  expect(await groupsOf(['errorCode', 'country'])).toEqual([['30008', 'DE', 'failure', 1, 1]]);
});

test('a report that takes too long says what to do instead', async () => {
  const lock = await clone.database.transaction();
  const hurried = createDatabase({
    url: clone.url,
    poolMax: 1,
    applicationName: 'posthorn test',
    statementTimeoutMs: 50,
  });
  try {
    await lock.raw('lock table messages in access exclusive mode');
    const scope = { tenant: 'acme', since: '2026-01-01', until: '2026-01-02', timeZone: 'UTC', groupBy: [] };
    const report = createReportStore(hurried).countEndings(scope);
    await expect(report).rejects.toThrow(ReportTooSlowError);
    await expect(report).rejects.toThrow('ask for a shorter window, or group by less');
  } finally {
    await lock.rollback();
    await hurried.destroy();
  }
});
