import { createInboxStore, type InboxStore } from '../../src/database/inbox-store';
import { createMessageStore, type MessageStore, type NewMessage } from '../../src/database/message-store';
import { createSweepStore, type SweepStore } from '../../src/database/sweep-store';
import { type AttemptResult } from '../../src/domain/attempt-result';
import { type OutcomeKind } from '../../src/domain/outcome';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { ANY_TIME, newAttempt, newCreated, newMessage, newOutcome, newReceipt } from '../support/database-fixtures';

const MINUTE_MS = 60_000;
const BATCH = { limit: 10, pauseMs: 2 * MINUTE_MS };

let clone: TestDatabase;
let messages: MessageStore;
let inbox: InboxStore;
let sweep: SweepStore;

beforeEach(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  inbox = createInboxStore(clone.database);
  sweep = createSweepStore(clone.database);
});
afterEach(() => clone.drop());

/** A message that Twilio has had for some minutes. */
async function sentAgo(minutes: number) {
  const message = newMessage();
  const created = newCreated();
  await messages.beginAttempt(message, newAttempt(), { opened: created });
  await messages.recordCreated(message.messageId, 1, created);
  await clone
    .database('attempts')
    .where({ message_sid: created.messageSid })
    .update({ sent_at: minutesAgo(minutes) });
  return { message, created };
}

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * MINUTE_MS);
const quietSids = async (batch = BATCH): Promise<string[]> =>
  (await sweep.quietAttempts(batch)).map(({ messageSid }) => messageSid);
const polledAgo = (messageSid: string, minutes: number) =>
  clone
    .database('attempts')
    .where({ message_sid: messageSid })
    .update({ polled_at: minutesAgo(minutes) });

describe('quiet attempts', () => {
  test('are those that were silent for long enough, the longest silence first', async () => {
    const short = await sentAgo(1);
    const older = await sentAgo(5);
    const oldest = await sentAgo(9);
    expect(await sweep.quietAttempts(BATCH)).toEqual(
      [oldest, older].map(({ created: { conversationSid, messageSid } }) => ({ conversationSid, messageSid })),
    );
    expect(await quietSids({ ...BATCH, limit: 1 })).toEqual([oldest.created.messageSid]);
    expect(await quietSids({ ...BATCH, pauseMs: 1 })).toContain(short.created.messageSid);
  });

  test.each([
    ['sent', true],
    ['teleported', true],
    ['delivered', false],
    ['read', false],
    ['failed', false],
    ['undelivered', false],
  ])('a receipt %s leaves it quiet: %s', async (status, isQuiet) => {
    const { created } = await sentAgo(5);
    await inbox.store(newReceipt(created, { status }));
    expect(await quietSids()).toEqual(isQuiet ? [created.messageSid] : []);
  });

  test('of a message that is closed are left alone', async () => {
    const { message } = await sentAgo(5);
    await messages.recordOutcome({
      messageId: message.messageId,
      message,
      outcome: newOutcome({ kind: 'unconfirmed' }),
      heardEventIds: [],
    });
    expect(await quietSids()).toEqual([]);
  });

  test('count even when the message has gone on to something else', async () => {
    const { message, created } = await sentAgo(5);
    await messages.recordProgress({
      messageId: message.messageId,
      status: 'escalating',
      attemptEnd: { number: 1, result: { kind: 'timed_out' } },
      heardEventIds: [],
      note: { kind: 'escalated', detail: { step: 1, channel: 'human', reason: 'silence' } },
    });
    expect(await quietSids()).toEqual([created.messageSid]);
  });

  test('are asked about again after a pause that doubles', async () => {
    const { created } = await sentAgo(100);
    await sweep.recordPolled([created.messageSid]);
    expect(await quietSids()).toEqual([]);

    // Polled when it was 40 minutes old, so the next look is due another 40 minutes later.
    await polledAgo(created.messageSid, 60);
    expect(await quietSids()).toEqual([created.messageSid]);
    // Polled when it was 70 minutes old.
    await polledAgo(created.messageSid, 30);
    expect(await quietSids()).toEqual([]);
  });

  test('are never asked about more often than the pause', async () => {
    const { created } = await sentAgo(3);
    await polledAgo(created.messageSid, 1.5);
    expect(await quietSids()).toEqual([]);
    await polledAgo(created.messageSid, 2.1);
    expect(await quietSids()).toEqual([created.messageSid]);
  });
});

describe('late messages', () => {
  const TEN_MINUTES = 10;
  const close = async (message: NewMessage, result: AttemptResult, kind: OutcomeKind, heardEventIds: string[] = []) => {
    const { messageId } = message;
    const attemptEnd = { number: 1, result };
    await messages.recordOutcome({ messageId, message, attemptEnd, outcome: newOutcome({ kind }), heardEventIds });
  };
  /** Puts the end of all messages, and what is due by it, into the past. */
  const pass = (minutes: number) =>
    clone.database.raw(
      `update messages set closed_at = closed_at - cast(:passed as interval), late_read_due_at = late_read_due_at - cast(:passed as interval)
       where closed_at is not null`,
      { passed: `${minutes} minutes` },
    );
  const lateIds = async (limit = 10): Promise<string[]> =>
    (await sweep.lateMessages(limit)).map(({ messageId }) => messageId);

  test('are those that ended while nothing had decided, ten minutes later', async () => {
    const { created, message } = await sentAgo(5);
    await close(message, { kind: 'timed_out' }, 'unconfirmed');
    expect(await sweep.lateMessages(10)).toEqual([]);
    await pass(TEN_MINUTES);
    const { conversationSid, messageSid } = created;
    expect(await sweep.lateMessages(10)).toEqual([
      {
        messageId: message.messageId,
        sinceCloseMs: expect.closeTo(TEN_MINUTES * MINUTE_MS, -5) as number,
        attempts: [{ attempt: 1, conversationSid, messageSid, startedAt: ANY_TIME }],
      },
    ]);
  });

  test.each<[string, AttemptResult, OutcomeKind]>([
    ['was canceled after the send', { kind: 'canceled' }, 'canceled'],
    ['ended on another attempt', { kind: 'timed_out' }, 'acknowledged'],
  ])('count when the message %s', async (_what, result, kind) => {
    const { message } = await sentAgo(5);
    await close(message, result, kind);
    await pass(TEN_MINUTES);
    expect(await lateIds()).toEqual([message.messageId]);
  });

  test('are not those that a receipt had decided', async () => {
    const { created, message } = await sentAgo(5);
    await inbox.store(newReceipt(created, { status: 'undelivered' }));
    await close(message, { kind: 'timed_out' }, 'failed');
    await pass(10_000);
    expect(await sweep.lateMessages(10)).toEqual([]);
  });

  test('have nothing left to be read once a receipt came, and are not asked for again', async () => {
    const { created, message } = await sentAgo(5);
    await close(message, { kind: 'timed_out' }, 'unconfirmed');
    await pass(TEN_MINUTES);
    await inbox.store(newReceipt(created));
    const late = await sweep.lateMessages(10);
    expect(late).toMatchObject([{ attempts: [] }]);
    await sweep.recordLateReads(late);
    await pass(10_000);
    expect(await sweep.lateMessages(10)).toEqual([]);
  });

  test('are read less and less often, and no more after the last time', async () => {
    const { message } = await sentAgo(5);
    await close(message, { kind: 'timed_out' }, 'unconfirmed');
    const reads: number[] = [];
    for (let minutes = 0; minutes <= 100 * 60; minutes += 10) {
      const late = await sweep.lateMessages(10);
      await sweep.recordLateReads(late);
      reads.push(...late.map(() => minutes));
      await pass(10);
    }
    expect(reads).toEqual([10, 60, 360, 24 * 60, 72 * 60]);
  });

  test('come in the order in which they were due, as many as are wanted', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { message } = await sentAgo(5);
      await close(message, { kind: 'timed_out' }, 'unconfirmed');
      ids.push(message.messageId);
      await pass(TEN_MINUTES);
    }
    expect(await lateIds(2)).toEqual(ids.slice(0, 2));
  });

  test.each<[string, AttemptResult, OutcomeKind, boolean]>([
    ['ambiguous', { kind: 'ambiguous', reason: 'no answer' }, 'ambiguous', true],
    ['canceled', { kind: 'canceled' }, 'canceled', true],
    ['refused', { kind: 'refused', errorClass: 'recipient', reason: 'no such number' }, 'undeliverable', false],
  ])('without a SID, after an attempt that was %s, are to be looked for: %s', async (_what, result, kind, isLate) => {
    const message = newMessage();
    const opened = newCreated();
    await messages.beginAttempt(message, newAttempt(), { opened });
    await close(message, result, kind);
    await pass(TEN_MINUTES);
    const { conversationSid } = opened;
    const attempts = [{ attempt: 1, conversationSid, startedAt: ANY_TIME }];
    expect(await sweep.lateMessages(10)).toMatchObject(isLate ? [{ attempts }] : []);
  });

  test('whose SID is learned only after the end are read as well', async () => {
    const message = newMessage();
    const opened = newCreated();
    await messages.beginAttempt(message, newAttempt(), { opened });
    await close(message, { kind: 'ambiguous', reason: 'no answer' }, 'ambiguous');
    await pass(10_000);
    await sweep.recordLateReads(await sweep.lateMessages(10));
    const { conversationSid, messageSid } = opened;
    await messages.recordSeen([{ messageId: message.messageId, attempt: 1, conversationSid, messageSid }]);
    await pass(TEN_MINUTES);
    expect(await sweep.lateMessages(10)).toMatchObject([{ attempts: [{ messageSid }] }]);
  });
});

describe('unstarted messages', () => {
  const acceptedAgo = async (minutes: number) => {
    const message = newMessage();
    await messages.accept(message);
    await clone
      .database('messages')
      .where({ message_id: message.messageId })
      .update({ created_at: minutesAgo(minutes) });
    return message;
  };
  const unstartedIds = async (): Promise<string[]> =>
    (await sweep.unstartedMessages(BATCH)).map(({ messageId }) => messageId);

  test('come with all that their workflow is started with, oldest first', async () => {
    await acceptedAgo(1);
    const older = await acceptedAgo(5);
    const oldest = await acceptedAgo(9);
    const { messageId, tenant, requestHash, request } = oldest;
    const found = await sweep.unstartedMessages(BATCH);
    expect(found[0]).toEqual({ messageId, tenant, requestHash, request });
    expect(found.map((message) => message.messageId)).toEqual([messageId, older.messageId]);
  });

  test('are not those that a workflow has touched, or that have ended', async () => {
    const touched = await acceptedAgo(5);
    await messages.beginAttempt(touched, newAttempt());
    await clone
      .database('messages')
      .where({ message_id: touched.messageId })
      .update({ created_at: minutesAgo(5) });
    const ended = await acceptedAgo(5);
    await messages.recordOutcome({
      messageId: ended.messageId,
      message: ended,
      outcome: newOutcome({ kind: 'canceled' }),
      heardEventIds: [],
    });
    expect(await unstartedIds()).toEqual([]);
  });

  test('that were looked at wait for a pause that doubles', async () => {
    const { messageId } = await acceptedAgo(10);
    await sweep.recordStartChecked([messageId]);
    expect(await unstartedIds()).toEqual([]);
    await clone
      .database('messages')
      .where({ message_id: messageId })
      .update({ start_checked_at: minutesAgo(6) });
    expect(await unstartedIds()).toEqual([messageId]);
    await clone
      .database('messages')
      .where({ message_id: messageId })
      .update({ start_checked_at: minutesAgo(4) });
    expect(await unstartedIds()).toEqual([]);
  });
});
