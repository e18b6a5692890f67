import { createMessageStore, type MessageStore } from '../../src/database/message-store';
import { createOptOutStore, type OptOutStore } from '../../src/database/opt-out-store';
import { type OptOutScope } from '../../src/domain/opt-out-scope';
import { type OpenConversation } from '../../src/twilio/gateway';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  ANY_TIME,
  newAttempt,
  newCreated,
  newMessage,
  newOptOut,
  newOutcome,
  newSid,
  SENDER,
} from '../support/database-fixtures';

const ANY_ID: unknown = expect.any(String);
const ANY_AGE: unknown = expect.any(Number);

let clone: TestDatabase;
let messages: MessageStore;
let optOuts: OptOutStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  optOuts = createOptOutStore(clone.database);
});

beforeEach(() => clone.database.raw('delete from opt_outs; delete from conversations'));

afterAll(() => clone.drop());

function newConversation(): OpenConversation {
  return { conversationSid: newSid('CH'), participantSid: newSid('MB') };
}

async function timelineKinds(messageId: string): Promise<string[] | undefined> {
  return (await messages.find('acme', messageId))?.timeline.map(({ kind }) => kind);
}

test('the first try is granted and noted', async () => {
  const message = newMessage();
  await messages.accept(message);
  expect(await messages.beginAttempt(message, newAttempt())).toEqual({ startedAt: ANY_TIME });
  const found = await messages.find('acme', message.messageId);
  expect(found?.attempts).toEqual([{ ...newAttempt(), startedAt: ANY_TIME, receipts: [] }]);
  expect(found?.timeline).toEqual([
    { at: found?.createdAt, kind: 'accepted', detail: {} },
    { at: found?.attempts[0]?.startedAt, kind: 'attempt_started', attempt: 1, detail: { step: 0, channel: 'sms' } },
  ]);
});

test('a message that a client started without asking is written too', async () => {
  const message = newMessage();
  expect(await messages.beginAttempt(message, newAttempt())).toEqual({ startedAt: ANY_TIME });
  expect(await messages.find('acme', message.messageId)).toMatchObject({ request: message.request, status: 'sending' });
  expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started']);
});

test('opening the conversation leads to the same attempt, which is no repetition', async () => {
  const message = newMessage();
  const opened = newConversation();
  await messages.beginAttempt(message, newAttempt());
  expect(await messages.beginAttempt(message, newAttempt(), { opened })).toEqual({
    startedAt: ANY_TIME,
    createId: ANY_ID,
    conversation: opened,
  });
  expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started']);
});

test('a repetition after a create was begun says so and is not noted again', async () => {
  const message = newMessage();
  const conversation = newConversation();
  const { createId } = await messages.beginAttempt(message, newAttempt(), { opened: conversation });
  expect(await messages.beginAttempt(message, newAttempt())).toEqual({
    startedAt: ANY_TIME,
    openCreate: { createId, ageMs: ANY_AGE },
    conversation,
  });
  expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started']);
});

test('a repetition is told of the conversation that its create was begun in, whatever the pair has by now', async () => {
  const message = newMessage();
  const first = newConversation();
  await messages.beginAttempt(message, newAttempt(), { opened: first });
  await messages.beginAttempt(newMessage(), newAttempt(), { opened: newConversation() });
  expect(await messages.beginAttempt(message, newAttempt())).toMatchObject({
    openCreate: { ageMs: ANY_AGE },
    conversation: first,
  });
});

test('thirty tries at once begin one attempt, and one of them may create', async () => {
  const message = newMessage();
  const opened = newConversation();
  const grants = await Promise.all(
    Array.from({ length: 30 }, () => messages.beginAttempt(message, newAttempt(), { opened })),
  );
  expect(grants.filter(({ createId }) => createId !== undefined)).toHaveLength(1);
  expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started']);
});

test('a repetition after the message was handed over brings its SID, whatever was said meanwhile', async () => {
  const message = newMessage();
  const created = newCreated();
  const { conversationSid, participantSid, messageSid } = created;
  const conversation = { conversationSid, participantSid };
  await messages.beginAttempt(message, newAttempt(), { opened: conversation });
  await messages.recordCreated(message.messageId, 1, created);
  await optOuts.record(newOptOut());
  expect(await messages.beginAttempt(message, newAttempt())).toEqual({
    startedAt: ANY_TIME,
    messageSid,
    conversation,
  });
  expect(await messages.find('acme', message.messageId)).toMatchObject({ status: 'awaiting_receipt' });
});

test('the next attempt of a message is a new one', async () => {
  const message = newMessage();
  await messages.beginAttempt(message, newAttempt());
  await messages.recordCreated(message.messageId, 1, newCreated());
  expect(await messages.beginAttempt(message, newAttempt({ number: 2 }))).toEqual({
    startedAt: ANY_TIME,
  });
  expect(await messages.find('acme', message.messageId)).toMatchObject({ status: 'sending' });
});

test('the conversation of the pair is brought along, that of another pair is not', async () => {
  const conversation = newConversation();
  await messages.beginAttempt(newMessage(), newAttempt(), { opened: conversation });
  expect(await messages.beginAttempt(newMessage(), newAttempt())).toEqual({
    startedAt: ANY_TIME,
    createId: ANY_ID,
    conversation,
  });
  for (const other of [{ channel: 'whatsapp' }, { sender: '+12025550199' }, { recipient: '+12025550198' }] as const) {
    expect(await messages.beginAttempt(newMessage(), newAttempt(other))).toEqual({
      startedAt: ANY_TIME,
    });
  }
});

test('the conversation that was opened last counts', async () => {
  const [gone, opened] = [newConversation(), newConversation()];
  const message = newMessage();
  const { createId = '' } = await messages.beginAttempt(message, newAttempt(), { opened: gone });
  expect(await messages.beginAttempt(message, newAttempt(), { opened, provedAbsent: createId })).toMatchObject({
    conversation: opened,
    createId: ANY_ID,
  });
  expect(await messages.beginAttempt(newMessage(), newAttempt())).toMatchObject({ conversation: opened });
});

describe('while a create is open', () => {
  test('another conversation does not take the place of the one to look in', async () => {
    const message = newMessage();
    const conversation = newConversation();
    await messages.beginAttempt(message, newAttempt(), { opened: conversation });
    const late = await messages.beginAttempt(message, newAttempt(), { opened: newConversation() });
    expect(late).toMatchObject({ conversation, openCreate: { ageMs: ANY_AGE } });
    expect(late.createId).toBeUndefined();
  });

  test('of thirty tries that have all proved it absent, one creates', async () => {
    const message = newMessage();
    const { createId: provedAbsent = '' } = await messages.beginAttempt(message, newAttempt(), {
      opened: newConversation(),
    });
    const grants = await Promise.all(
      Array.from({ length: 30 }, () => messages.beginAttempt(message, newAttempt(), { provedAbsent })),
    );
    const granted = grants.flatMap(({ createId }) => createId ?? []);
    expect(granted).toHaveLength(1);
    expect(new Set(grants.flatMap(({ openCreate }) => openCreate?.createId ?? []))).toEqual(new Set(granted));
  });

  test('the proof of another create’s absence is none', async () => {
    const message = newMessage();
    const opened = newConversation();
    const { createId } = await messages.beginAttempt(message, newAttempt(), { opened });
    expect(await messages.beginAttempt(message, newAttempt(), { provedAbsent: 'another' })).toMatchObject({
      openCreate: { createId },
    });
  });

  test('its age is told', async () => {
    const message = newMessage();
    await messages.beginAttempt(message, newAttempt(), { opened: newConversation() });
    await clone.database.raw(
      `update attempts set open_create_at = open_create_at - interval '1 minute' where message_id = ?`,
      [message.messageId],
    );
    const { openCreate } = await messages.beginAttempt(message, newAttempt());
    expect(openCreate?.ageMs).toBeGreaterThanOrEqual(60_000);
    expect(openCreate?.ageMs).toBeLessThan(90_000);
  });

  test('the next begins at once after it was withdrawn, which only its own id does', async () => {
    const message = newMessage();
    const { createId = '' } = await messages.beginAttempt(message, newAttempt(), { opened: newConversation() });
    await messages.withdrawCreate(message.messageId, 1, 'another');
    expect(await messages.beginAttempt(message, newAttempt())).toMatchObject({ openCreate: { createId } });
    await messages.withdrawCreate(message.messageId, 1, createId);
    expect(await messages.beginAttempt(message, newAttempt())).toMatchObject({ createId: ANY_ID });
  });
});

test('a closed message stays closed and says so', async () => {
  const message = newMessage();
  await messages.recordOutcome({ messageId: message.messageId, heardEventIds: [], outcome: newOutcome(), message });
  expect(await messages.beginAttempt(message, newAttempt())).toEqual({
    startedAt: ANY_TIME,
    isClosed: true,
  });
  expect(await messages.find('acme', message.messageId)).toMatchObject({ status: 'closed' });
});

describe('with an opt-out', () => {
  const covering: [string, OptOutScope][] = [
    ['everything', {}],
    ['the sender', { sender: SENDER }],
    ['the channel', { channel: 'sms' }],
    ['the category', { category: 'notification' }],
    ['exactly this', { sender: SENDER, channel: 'sms', category: 'notification' }],
  ];
  const elsewhere: [string, OptOutScope][] = [
    ['another sender', { sender: '+12025550199' }],
    ['another channel', { channel: 'whatsapp' }],
    ['another category', { category: 'marketing' }],
    ['another sender on this channel', { sender: '+12025550199', channel: 'sms' }],
  ];

  test.each(covering)('that covers %s the attempt is held back', async (_what, scope) => {
    const optOut = newOptOut({ scope, reason: 'asked on the phone' });
    await optOuts.record(optOut);
    const message = newMessage();
    expect(await messages.beginAttempt(message, newAttempt())).toEqual({
      startedAt: ANY_TIME,
      optOut,
    });
    expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'held_back']);
  });

  test.each(elsewhere)('that covers %s the attempt is granted', async (_what, scope) => {
    await optOuts.record(newOptOut({ scope }));
    expect(await messages.beginAttempt(newMessage(), newAttempt())).toEqual({ startedAt: ANY_TIME });
  });

  test('of somebody else the attempt is granted', async () => {
    await optOuts.record(newOptOut({ address: '+12025550198' }));
    expect(await messages.beginAttempt(newMessage(), newAttempt())).toEqual({ startedAt: ANY_TIME });
  });

  test('that was taken back the attempt is granted', async () => {
    await optOuts.record(newOptOut());
    await optOuts.record(newOptOut({ optedOut: false, at: '2026-01-03T00:00:00.000Z' }));
    expect(await messages.beginAttempt(newMessage(), newAttempt())).toEqual({ startedAt: ANY_TIME });
  });

  test('the newest of several is told', async () => {
    await optOuts.record(newOptOut());
    const newest = newOptOut({ scope: { channel: 'sms' }, at: '2026-02-01T00:00:00.000Z' });
    await optOuts.record(newest);
    await optOuts.record(newOptOut({ scope: { sender: SENDER } }));
    expect(await messages.beginAttempt(newMessage(), newAttempt())).toMatchObject({ optOut: newest });
  });

  test('a repetition is held back with the same words, even after start', async () => {
    const optOut = newOptOut();
    await optOuts.record(optOut);
    const message = newMessage();
    await messages.beginAttempt(message, newAttempt());
    await optOuts.record(newOptOut({ optedOut: false, at: '2026-01-03T00:00:00.000Z' }));
    expect(await messages.beginAttempt(message, newAttempt())).toEqual({
      startedAt: ANY_TIME,
      optOut,
    });
    expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'held_back']);
    expect(await messages.beginAttempt(message, newAttempt({ number: 2 }))).toEqual({
      startedAt: ANY_TIME,
    });
  });

  test('said while the conversation was opened, the attempt is held back', async () => {
    const message = newMessage();
    await messages.beginAttempt(message, newAttempt());
    const optOut = newOptOut();
    await optOuts.record(optOut);
    expect(await messages.beginAttempt(message, newAttempt(), { opened: newConversation() })).toMatchObject({
      optOut,
    });
    expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started', 'held_back']);
  });

  test('said after a create was begun, it is told together with the repetition', async () => {
    const message = newMessage();
    const conversation = newConversation();
    const { createId } = await messages.beginAttempt(message, newAttempt(), { opened: conversation });
    const optOut = newOptOut();
    await optOuts.record(optOut);
    expect(await messages.beginAttempt(message, newAttempt())).toEqual({
      startedAt: ANY_TIME,
      openCreate: { createId, ageMs: ANY_AGE },
      optOut,
      conversation,
    });
    expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started']);
  });
});
