import { createInboxStore, type InboxStore } from '../../src/database/inbox-store';
import { createMessageStore, type MessageStore, type NewMessage } from '../../src/database/message-store';
import { createOptOutStore } from '../../src/database/opt-out-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  AT_ONCE_MS,
  newAttempt,
  newCreated,
  newMessage,
  newOptOut,
  newOutcome,
  newReceipt,
} from '../support/database-fixtures';

let clone: TestDatabase;
let messages: MessageStore;
let inbox: InboxStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  inbox = createInboxStore(clone.database);
});

afterAll(() => clone.drop());

async function begunMessage(): Promise<NewMessage> {
  const message = newMessage();
  await messages.beginAttempt(message, newAttempt());
  return message;
}

test('the SIDs are stored and noted, once', async () => {
  const { messageId } = await begunMessage();
  const created = newCreated();
  expect(await messages.recordCreated(messageId, 1, created)).toEqual([]);
  const found = await messages.find('acme', messageId);
  expect(found).toMatchObject({ status: 'awaiting_receipt', attempts: [created] });
  expect(found?.timeline.at(-1)).toMatchObject({ kind: 'handed_to_twilio', attempt: 1, detail: created });

  expect(await messages.recordCreated(messageId, 1, created)).toEqual([]);
  expect(await messages.find('acme', messageId)).toEqual(found);
});

test('receipts that came before are returned, by Twilio’s clock', async () => {
  const { messageId } = await begunMessage();
  const created = newCreated();
  const late = await inbox.store(newReceipt(created, { at: '2026-01-02T03:04:07.000Z' }));
  const early = await inbox.store(newReceipt(created, { status: 'sent', at: '2026-01-02T03:04:06.000Z' }));
  await inbox.store(newReceipt(newCreated()));
  expect(await messages.recordCreated(messageId, 1, created)).toEqual([early.event, late.event]);
  expect(await messages.recordCreated(messageId, 1, created)).toEqual([early.event, late.event]);
});

test('a closed message and an ended attempt stay so', async () => {
  const message = await begunMessage();
  const { messageId } = message;
  const note = { kind: 'backing_off', attempt: 1, detail: {} } as const;
  const attemptEnd = { number: 1, result: { kind: 'ambiguous', reason: 'no answer' } } as const;
  await messages.recordProgress({ messageId, status: 'backing_off', attemptEnd, heardEventIds: [], note });
  await messages.recordCreated(messageId, 1, newCreated());
  expect(await messages.find('acme', messageId)).toMatchObject({ status: 'backing_off' });

  await messages.recordOutcome({ messageId, heardEventIds: [], outcome: newOutcome(), message });
  await messages.beginAttempt(message, newAttempt({ number: 2 }));
  await messages.recordCreated(messageId, 2, newCreated());
  expect(await messages.find('acme', messageId)).toMatchObject({ status: 'closed' });
});

test('a second message for one attempt is refused loudly and changes nothing', async () => {
  const { messageId } = await begunMessage();
  await messages.recordCreated(messageId, 1, newCreated());
  const before = await messages.find('acme', messageId);
  await expect(messages.recordCreated(messageId, 1, newCreated())).rejects.toThrow(
    `attempt 1 of message ${messageId} was not begun, was held back, or already has another message SID`,
  );
  expect(await messages.find('acme', messageId)).toEqual(before);
});

test('one message for two attempts is refused', async () => {
  const first = await begunMessage();
  const second = await begunMessage();
  const created = newCreated();
  await messages.recordCreated(first.messageId, 1, created);
  await expect(messages.recordCreated(second.messageId, 1, created)).rejects.toMatchObject({
    fault: 'refused',
    constraint: 'attempts_message_sid',
  });
});

test('an attempt that was held back or never begun cannot have been sent', async () => {
  await createOptOutStore(clone.database).record(newOptOut());
  const message = await begunMessage();
  await expect(messages.recordCreated(message.messageId, 1, newCreated())).rejects.toThrow('was held back');
  await expect(messages.recordCreated(message.messageId, 7, newCreated())).rejects.toThrow('was not begun');
  await clone.database.raw('delete from opt_outs');
});

describe('racing with the receipt', () => {
  const eager = { signalGraceMs: AT_ONCE_MS };

  test('a receipt that is stored before the SID is committed comes by relay', async () => {
    const { messageId } = await begunMessage();
    const created = newCreated();
    const racing = createInboxStore(clone.database, eager);
    const open = await clone.database.transaction();
    const early = await createMessageStore(open).recordCreated(messageId, 1, created);
    const stored = await racing.store(newReceipt(created));
    await open.commit();

    expect(early).toEqual([]);
    expect(stored.match).toBeUndefined();
    const relayed: string[] = [];
    await racing.relayDue(10, async ({ event, match }) => {
      relayed.push(`${match.messageId} ${event.eventId}`);
      await Promise.resolve();
    });
    expect(relayed.filter((line) => line.startsWith(messageId))).toEqual([`${messageId} ${stored.event.eventId}`]);
  });

  test('in any interleaving the receipt is returned, matched or relayed', async () => {
    const racing = createInboxStore(clone.database, eager);
    const ways = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const { messageId } = await begunMessage();
        const created = newCreated();
        const [early, stored] = await Promise.all([
          messages.recordCreated(messageId, 1, created),
          racing.store(newReceipt(created)),
        ]);
        return { eventId: stored.event.eventId, isHeard: early.length === 1 || stored.match !== undefined };
      }),
    );
    const relayed = new Set<string>();
    await racing.relayDue(100, async ({ event }) => {
      relayed.add(event.eventId);
      await Promise.resolve();
    });
    // Every deciding event stays due until it is heard, so the relay has all of them: those of the race too.
    expect(ways.filter(({ eventId, isHeard }) => !isHeard && !relayed.has(eventId))).toEqual([]);
    expect(ways.filter(({ eventId }) => relayed.has(eventId))).toHaveLength(60);
  });
});
