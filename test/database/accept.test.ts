import { createMessageStore, type MessageStore } from '../../src/database/message-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newMessage, newOutcome, omit } from '../support/database-fixtures';

let clone: TestDatabase;
let messages: MessageStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
});

afterAll(() => clone.drop());

test('a new message is accepted and stands in the list with its request', async () => {
  const message = newMessage();
  expect(await messages.accept(message)).toEqual({ kind: 'accepted' });
  expect(await messages.find('acme', message.messageId)).toMatchObject({
    ...omit(message, 'requestHash'),
    status: 'sending',
    attempts: [],
  });
});

test('the same request again is a replay, first without and then with a workflow', async () => {
  const message = newMessage();
  await messages.accept(message);
  expect(await messages.accept(message)).toEqual({ kind: 'replayed', status: 'sending', isStarted: false });
  await messages.beginAttempt(message, newAttempt());
  expect(await messages.accept(message)).toEqual({ kind: 'replayed', status: 'sending', isStarted: true });
  await messages.recordOutcome({ messageId: message.messageId, heardEventIds: [], outcome: newOutcome(), message });
  expect(await messages.accept(message)).toEqual({ kind: 'replayed', status: 'closed', isStarted: true });
});

test.each([
  ['another request', { requestHash: 'another hash' }],
  ['another tenant', { tenant: 'other' }],
])('the same id with %s is a conflict and changes nothing', async (_what, difference) => {
  const message = newMessage();
  await messages.accept(message);
  const before = await messages.find('acme', message.messageId);
  expect(await messages.accept({ ...message, ...difference })).toEqual({ kind: 'conflict' });
  expect(await messages.find('acme', message.messageId)).toEqual(before);
});

test('a hundred at once are accepted once', async () => {
  const message = newMessage();
  const answers = await Promise.all(Array.from({ length: 100 }, () => messages.accept(message)));
  const replay = { kind: 'replayed', status: 'sending', isStarted: false };
  expect(answers.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
  expect(answers.filter(({ kind }) => kind !== 'accepted')).toEqual(Array.from({ length: 99 }, () => replay));
  expect((await messages.find('acme', message.messageId))?.timeline.map(({ kind }) => kind)).toEqual(['accepted']);
});

test('many messages, each told many times at once, are accepted once each', async () => {
  const all = Array.from({ length: 40 }, () => newMessage());
  const told = all.flatMap((message) => Array.from({ length: 10 }, () => message));
  const answers = await Promise.all(told.map((message) => messages.accept(message)));
  expect(answers.filter(({ kind }) => kind === 'accepted')).toHaveLength(all.length);
});

test('a repetition that waits for the first to commit is told of it', async () => {
  const message = newMessage();
  const first = await clone.database.transaction();
  await createMessageStore(first).accept(message);
  const second = messages.accept(message);
  await first.commit();
  expect(await second).toEqual({ kind: 'replayed', status: 'sending', isStarted: false });
});
