import { createInboxStore, type InboxStore, SIGNAL_GRACE_MS } from '../../src/database/inbox-store';
import { createMessageStore, type CreatedMessage, type NewMessage } from '../../src/database/message-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  eventOf,
  newAttempt,
  newCreated,
  newMessage,
  newReceipt,
  omit,
  RECIPIENT,
  SENDER,
} from '../support/database-fixtures';

let clone: TestDatabase;
let inbox: InboxStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  inbox = createInboxStore(clone.database);
});

afterAll(() => clone.drop());

async function sentMessage(): Promise<{ message: NewMessage; created: CreatedMessage }> {
  const messages = createMessageStore(clone.database);
  const [message, created] = [newMessage(), newCreated()];
  await messages.beginAttempt(message, newAttempt());
  await messages.recordCreated(message.messageId, 1, created);
  return { message, created };
}

function rowOf(eventId: string): Promise<Record<string, unknown> | undefined> {
  return clone.database('delivery_events').where({ event_id: eventId }).first<Record<string, unknown> | undefined>();
}

test('a receipt of a known message is stored with all it says, and matched', async () => {
  const { message, created } = await sentMessage();
  const receipt = newReceipt(created, { status: 'failed', errorCode: 30003, unknownFields: { RetryCount: '0' } });
  const stored = await inbox.store(receipt);
  const eventId = `${receipt.deliveryReceiptSid}:failed:30003`;
  const { messageId, workflowId, tenant } = message;
  expect(stored).toStrictEqual({
    event: eventOf(eventId, receipt),
    isNew: true,
    match: {
      messageId,
      workflowId,
      tenant,
      attempt: 1,
      channel: 'sms',
      sender: SENDER,
      recipient: RECIPIENT,
      category: 'notification',
    },
  });
  expect(await rowOf(eventId)).toMatchObject({
    delivery_receipt_sid: receipt.deliveryReceiptSid,
    status: 'failed',
    error_code: 30003,
    message_sid: created.messageSid,
    conversation_sid: created.conversationSid,
    participant_sid: created.participantSid,
    channel_message_sid: receipt.channelMessageSid,
    source: 'webhook',
    unknown_fields: { RetryCount: '0' },
    at: receipt.at,
  });
});

test('a receipt of an unknown message is stored without a match', async () => {
  const receipt = newReceipt(newCreated());
  expect(await inbox.store(receipt)).toStrictEqual({
    event: eventOf(`${receipt.deliveryReceiptSid}:delivered`, receipt),
    isNew: true,
  });
});

test('a repetition changes nothing, is still matched, and keeps the first time', async () => {
  const { created } = await sentMessage();
  const receipt = newReceipt(created);
  const first = await inbox.store(receipt);
  await inbox.markSettled(first.event.eventId);
  const before = await rowOf(first.event.eventId);
  const repeated = await inbox.store({
    ...receipt,
    at: '2027-01-01T00:00:00.000Z',
    source: 'poll',
    unknownFields: { forged: 'yes' },
  });
  expect(repeated).toStrictEqual({ ...first, isNew: false });
  expect(await rowOf(first.event.eventId)).toEqual(before);
});

test('fifty at once are stored once', async () => {
  const receipt = newReceipt(newCreated());
  const answers = await Promise.all(Array.from({ length: 50 }, () => inbox.store(receipt)));
  expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(new Set(answers.map(({ event }) => event.eventId)).size).toBe(1);
});

test('receipt, status and error code tell events apart, nothing else does', async () => {
  const receipt = newReceipt(newCreated(), { status: 'failed', errorCode: 30003 });
  const withoutCode = omit(receipt, 'errorCode');
  const others = [
    receipt,
    withoutCode,
    { ...receipt, errorCode: 30005 },
    { ...receipt, status: 'undelivered' },
    { ...withoutCode, status: 'failed:30003' },
    { ...withoutCode, status: '' },
    { ...receipt, deliveryReceiptSid: newReceipt(newCreated()).deliveryReceiptSid },
  ];
  for (const other of others) {
    expect(await inbox.store(other)).toMatchObject({ isNew: true });
  }
});

test.each(['delivered', 'read', 'failed', 'undelivered'])('%s is due for a signal after the grace', async (status) => {
  const { created } = await sentMessage();
  const { event } = await inbox.store(newReceipt(created, { status }));
  const { rows } = await clone.database.raw<{ rows: { grace: number }[] }>(
    `select extract(epoch from signal_due_at - received_at)::float8 * 1000 as grace from delivery_events where event_id = ?`,
    [event.eventId],
  );
  expect(Math.round(rows[0]?.grace ?? 0)).toBeCloseTo(SIGNAL_GRACE_MS, -1);
});

test.each(['sent', 'queued_somewhere'])('%s decides nothing and needs no signal', async (status) => {
  const { event } = await inbox.store(newReceipt(newCreated(), { status }));
  expect(await rowOf(event.eventId)).toMatchObject({ status, signal_due_at: null });
});

test('what is settled is not due any more, and settling again is fine', async () => {
  const { event } = await inbox.store(newReceipt(newCreated()));
  await inbox.markSettled(event.eventId);
  await inbox.markSettled(event.eventId);
  expect(await rowOf(event.eventId)).toMatchObject({ signal_due_at: null });
});
