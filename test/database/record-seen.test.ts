import { createInboxStore } from '../../src/database/inbox-store';
import {
  type CreatedMessage,
  createMessageStore,
  type MessageStore,
  type NewMessage,
  type SeenMessage,
} from '../../src/database/message-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  AT_ONCE_MS,
  newAttempt,
  newCreated,
  newMessage,
  newOptOut,
  newOutcome,
  newReceipt,
  newSid,
} from '../support/database-fixtures';
import { createOptOutStore } from '../../src/database/opt-out-store';
import { createOutcomeCorrector } from '../../src/database/outcome-corrector';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';

let clone: TestDatabase;
let messages: MessageStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
});

afterAll(() => clone.drop());

/** A message whose create was begun and has no answer. */
async function unanswered(): Promise<{ message: NewMessage; created: CreatedMessage; seen: SeenMessage }> {
  const message = newMessage();
  const created = newCreated();
  await messages.beginAttempt(message, newAttempt(), { opened: created });
  const { conversationSid, messageSid } = created;
  return { message, created, seen: { messageId: message.messageId, attempt: 1, conversationSid, messageSid } };
}

const find = (message: NewMessage) => messages.find('acme', message.messageId);

test('the SID is stored and noted as if the create had been answered', async () => {
  const { created, message, seen } = await unanswered();
  await messages.recordSeen([seen]);
  const found = await find(message);
  expect(found).toMatchObject({ status: 'awaiting_receipt', attempts: [created] });
  expect(found?.timeline.at(-1)).toMatchObject({ kind: 'handed_to_twilio', attempt: 1, detail: created });

  expect(await messages.recordCreated(message.messageId, 1, created)).toEqual([]);
  await messages.recordSeen([seen]);
  expect(await find(message)).toEqual(found);
});

test('the next try is told of it, and begins no create', async () => {
  const { message, seen } = await unanswered();
  await messages.recordSeen([seen]);
  const grant = await messages.beginAttempt(message, newAttempt());
  expect(grant).toMatchObject({ messageSid: seen.messageSid });
  expect([grant.createId, grant.openCreate]).toEqual([undefined, undefined]);
});

test('what is known already stays', async () => {
  const { created, message, seen } = await unanswered();
  await messages.recordCreated(message.messageId, 1, created);
  const before = await find(message);
  await messages.recordSeen([{ ...seen, messageSid: newSid('IM') }]);
  expect(await find(message)).toEqual(before);
});

test.each<[string, Partial<SeenMessage>]>([
  ['in another conversation', { conversationSid: newSid('CH') }],
  ['of an attempt that was never begun', { attempt: 2 }],
  ['of nobody', { messageId: 'msg_unknown' }],
])('a message %s changes nothing', async (_what, change) => {
  const { message, seen } = await unanswered();
  const before = await find(message);
  await messages.recordSeen([{ ...seen, ...change }]);
  expect(await find(message)).toEqual(before);
});

test('an attempt that was held back is not sent by anything that is seen', async () => {
  const message = newMessage({ request: { ...newMessage().request, category: 'alert' } });
  const { conversationSid, messageSid } = newCreated();
  await createOptOutStore(clone.database).record(newOptOut({ scope: { category: 'alert' } }));
  await messages.beginAttempt(message, newAttempt());
  const before = await find(message);
  await messages.recordSeen([{ messageId: message.messageId, attempt: 1, conversationSid, messageSid }]);
  expect(await find(message)).toEqual(before);
});

test('many at once, two with one key among them', async () => {
  const [one, other] = [await unanswered(), await unanswered()];
  await messages.recordSeen([one.seen, { ...one.seen, messageSid: newSid('IM') }, other.seen]);
  const found = await Promise.all([find(one.message), find(other.message)]);
  expect(found.map((message) => message?.status)).toEqual(['awaiting_receipt', 'awaiting_receipt']);
});

test('a receipt that waited for the SID is told at once', async () => {
  const { created, message, seen } = await unanswered();
  const inbox = createInboxStore(clone.database, { signalGraceMs: 60_000 });
  const relayed: string[] = [];
  const relay = () => inbox.relayDue(10, ({ match }) => Promise.resolve(void relayed.push(match.messageId)));
  await inbox.store(newReceipt(created));
  await relay();
  expect(relayed).toEqual([]);
  await messages.recordSeen([seen]);
  await relay();
  expect(relayed).toEqual([message.messageId]);
});

describe('of a message that had ended as ambiguous', () => {
  async function ended() {
    const one = await unanswered();
    await messages.recordOutcome({
      messageId: one.message.messageId,
      message: one.message,
      attemptEnd: { number: 1, result: { kind: 'ambiguous', reason: 'no answer came' } },
      outcome: newOutcome({ kind: 'ambiguous' }),
      heardEventIds: [],
    });
    return one;
  }
  const correct = (messageId: string) => createOutcomeCorrector(clone.database, DEFAULT_OPT_OUT_CODES)(messageId);

  test('the SID is stored, the message is named, and its outcome is unconfirmed', async () => {
    const { message, seen } = await ended();
    const open = await unanswered();
    expect(await messages.recordSeen([seen, open.seen])).toEqual([message.messageId]);
    expect(await messages.recordSeen([seen])).toEqual([]);
    expect(await correct(message.messageId)).toMatchObject({ was: { kind: 'ambiguous' }, is: { kind: 'unconfirmed' } });
    expect(await find(message)).toMatchObject({
      status: 'closed',
      attempts: [{ messageSid: seen.messageSid, result: { kind: 'ambiguous' } }],
      outcome: { kind: 'unconfirmed', reason: 'Twilio took it, and no receipt that decides came in time' },
      corrections: [{ because: 'after the end the message of attempt 1 was found at Twilio' }],
    });
    expect(await correct(message.messageId)).toBeUndefined();
  });

  test.each(['before', 'after'])(
    'a receipt that names the SID only, and comes %s it is known, corrects the outcome',
    async (when) => {
      const { created, message, seen } = await ended();
      const inbox = createInboxStore(clone.database, { signalGraceMs: AT_ONCE_MS });
      const relay = () =>
        inbox.relayDue(10, async ({ match }) => {
          await correct(match.messageId);
        });
      if (when === 'before') {
        await inbox.store(newReceipt(created));
        await relay();
      }
      await messages.recordSeen([seen]);
      await correct(message.messageId);
      if (when === 'after') {
        await inbox.store(newReceipt(created));
      }
      await relay();
      expect(await find(message)).toMatchObject({ outcome: { kind: 'delivered' }, status: 'closed' });
    },
  );
});
