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
  expect(await messages.beginAttempt(message, newAttempt())).toEqual({ startedAt: ANY_TIME, isRepeated: false });
  const found = await messages.find('acme', message.messageId);
  expect(found?.attempts).toEqual([{ ...newAttempt(), startedAt: ANY_TIME, receipts: [] }]);
  expect(found?.timeline).toEqual([
    { at: found?.createdAt, kind: 'accepted', detail: {} },
    { at: found?.attempts[0]?.startedAt, kind: 'attempt_started', attempt: 1, detail: { step: 0, channel: 'sms' } },
  ]);
});

test('a message that a client started without asking is written too', async () => {
  const message = newMessage();
  expect(await messages.beginAttempt(message, newAttempt())).toEqual({ startedAt: ANY_TIME, isRepeated: false });
  expect(await messages.find('acme', message.messageId)).toMatchObject({ request: message.request, status: 'sending' });
  expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started']);
});

test('opening the conversation leads to the same attempt, which is no repetition', async () => {
  const message = newMessage();
  const opened = newConversation();
  await messages.beginAttempt(message, newAttempt());
  expect(await messages.beginAttempt(message, newAttempt(), opened)).toEqual({
    startedAt: ANY_TIME,
    isRepeated: false,
    conversation: opened,
  });
  expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started']);
});

test('a repetition after a create was begun says so and is not noted again', async () => {
  const message = newMessage();
  const conversation = newConversation();
  await messages.beginAttempt(message, newAttempt(), conversation);
  expect(await messages.beginAttempt(message, newAttempt())).toEqual({
    startedAt: ANY_TIME,
    isRepeated: true,
    conversation,
  });
  expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started']);
});

test('a repetition is told of the conversation that its create was begun in, whatever the pair has by now', async () => {
  const message = newMessage();
  const first = newConversation();
  await messages.beginAttempt(message, newAttempt(), first);
  await messages.beginAttempt(newMessage(), newAttempt(), newConversation());
  expect(await messages.beginAttempt(message, newAttempt())).toMatchObject({ isRepeated: true, conversation: first });
});

test('thirty tries at once begin one attempt, and one of them is the first', async () => {
  const message = newMessage();
  const opened = newConversation();
  const grants = await Promise.all(
    Array.from({ length: 30 }, () => messages.beginAttempt(message, newAttempt(), opened)),
  );
  expect(grants.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1);
  expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started']);
});

test('a repetition after the message was handed over brings its SID, whatever was said meanwhile', async () => {
  const message = newMessage();
  const created = newCreated();
  const { conversationSid, participantSid, messageSid } = created;
  const conversation = { conversationSid, participantSid };
  await messages.beginAttempt(message, newAttempt(), conversation);
  await messages.recordCreated(message.messageId, 1, created);
  await optOuts.record(newOptOut());
  expect(await messages.beginAttempt(message, newAttempt())).toEqual({
    startedAt: ANY_TIME,
    isRepeated: true,
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
    isRepeated: false,
  });
  expect(await messages.find('acme', message.messageId)).toMatchObject({ status: 'sending' });
});

test('the conversation of the pair is brought along, that of another pair is not', async () => {
  const conversation = newConversation();
  await messages.beginAttempt(newMessage(), newAttempt(), conversation);
  expect(await messages.beginAttempt(newMessage(), newAttempt())).toEqual({
    startedAt: ANY_TIME,
    isRepeated: false,
    conversation,
  });
  for (const other of [{ channel: 'whatsapp' }, { sender: '+12025550199' }, { recipient: '+12025550198' }] as const) {
    expect(await messages.beginAttempt(newMessage(), newAttempt(other))).toEqual({
      startedAt: ANY_TIME,
      isRepeated: false,
    });
  }
});

test('the conversation that was opened last counts', async () => {
  const [gone, opened] = [newConversation(), newConversation()];
  const message = newMessage();
  await messages.beginAttempt(message, newAttempt(), gone);
  expect(await messages.beginAttempt(message, newAttempt(), opened)).toMatchObject({ conversation: opened });
  expect(await messages.beginAttempt(newMessage(), newAttempt())).toMatchObject({ conversation: opened });
});

test('a closed message stays closed and says so', async () => {
  const message = newMessage();
  await messages.recordOutcome({ messageId: message.messageId, heardEventIds: [], outcome: newOutcome(), message });
  expect(await messages.beginAttempt(message, newAttempt())).toEqual({
    startedAt: ANY_TIME,
    isRepeated: false,
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
      isRepeated: false,
      optOut,
    });
    expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'held_back']);
  });

  test.each(elsewhere)('that covers %s the attempt is granted', async (_what, scope) => {
    await optOuts.record(newOptOut({ scope }));
    expect(await messages.beginAttempt(newMessage(), newAttempt())).toEqual({ startedAt: ANY_TIME, isRepeated: false });
  });

  test('of somebody else the attempt is granted', async () => {
    await optOuts.record(newOptOut({ address: '+12025550198' }));
    expect(await messages.beginAttempt(newMessage(), newAttempt())).toEqual({ startedAt: ANY_TIME, isRepeated: false });
  });

  test('that was taken back the attempt is granted', async () => {
    await optOuts.record(newOptOut());
    await optOuts.record(newOptOut({ optedOut: false, at: '2026-01-03T00:00:00.000Z' }));
    expect(await messages.beginAttempt(newMessage(), newAttempt())).toEqual({ startedAt: ANY_TIME, isRepeated: false });
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
      isRepeated: false,
      optOut,
    });
    expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'held_back']);
    expect(await messages.beginAttempt(message, newAttempt({ number: 2 }))).toEqual({
      startedAt: ANY_TIME,
      isRepeated: false,
    });
  });

  test('said while the conversation was opened, the attempt is held back', async () => {
    const message = newMessage();
    await messages.beginAttempt(message, newAttempt());
    const optOut = newOptOut();
    await optOuts.record(optOut);
    expect(await messages.beginAttempt(message, newAttempt(), newConversation())).toMatchObject({
      isRepeated: false,
      optOut,
    });
    expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started', 'held_back']);
  });

  test('said after a create was begun, it is told together with the repetition', async () => {
    const message = newMessage();
    const conversation = newConversation();
    await messages.beginAttempt(message, newAttempt(), conversation);
    const optOut = newOptOut();
    await optOuts.record(optOut);
    expect(await messages.beginAttempt(message, newAttempt())).toEqual({
      startedAt: ANY_TIME,
      isRepeated: true,
      optOut,
      conversation,
    });
    expect(await timelineKinds(message.messageId)).toEqual(['accepted', 'attempt_started']);
  });
});
