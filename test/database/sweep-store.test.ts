import { createInboxStore, type InboxStore } from '../../src/database/inbox-store';
import { createMessageStore, type MessageStore } from '../../src/database/message-store';
import { createSweepStore, type SweepStore } from '../../src/database/sweep-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newCreated, newMessage, newOutcome, newReceipt } from '../support/database-fixtures';

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
