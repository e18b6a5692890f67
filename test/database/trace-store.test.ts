import { createCallbackStore } from '../../src/database/callback-store';
import { createInboxStore } from '../../src/database/inbox-store';
import { createMessageStore, type CreatedMessage } from '../../src/database/message-store';
import { createTraceStore, type TraceStore } from '../../src/database/trace-store';
import { readIdentifier } from '../../src/domain/identifier';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newCreated, newMessage, newReceipt, newSid } from '../support/database-fixtures';

let clone: TestDatabase;
let traces: TraceStore;
beforeAll(async () => {
  clone = await createTestDatabase();
  traces = createTraceStore(clone.database);
});
afterAll(() => clone.drop());

/** A message with everything that may be asked for: one attempt, a receipt and a callback. */
async function sent(overrides: { readonly tenant?: string; readonly created?: Partial<CreatedMessage> } = {}) {
  const plain = newMessage({ tenant: overrides.tenant ?? 'acme' });
  const message = { ...plain, request: { ...plain.request, callbackUrl: 'https://example.com/hook' } };
  const created = { ...newCreated(), ...overrides.created };
  const receipt = newReceipt(created);
  const messages = createMessageStore(clone.database);
  await messages.accept(message);
  await messages.beginAttempt(message, newAttempt(), { opened: created });
  await messages.recordCreated(message.messageId, 1, created);
  await createInboxStore(clone.database).store(receipt);
  const { callbacks } = await createCallbackStore(clone.database).list({ messageId: message.messageId, limit: 1 });
  return { ...message, ...created, ...receipt, callbackId: callbacks[0]?.callbackId ?? '' };
}

async function idsOf(text: string, tenant?: string): Promise<string[]> {
  const reading = readIdentifier(text);
  if (!reading.isTraced || reading.identifier.kind === 'run') {
    throw new Error(`nothing that is stored has such an identifier: ${text}`);
  }
  const selection = { limit: 10, ...(tenant !== undefined && { tenant }) };
  return (await traces.messagesOf(reading.identifier, selection)).map(({ messageId }) => messageId);
}

test.each([
  'messageId',
  'workflowId',
  'callbackId',
  'conversationSid',
  'participantSid',
  'messageSid',
  'deliveryReceiptSid',
  'channelMessageSid',
] as const)('%s leads to the message, and to that of its tenant alone', async (name) => {
  await sent();
  const message = await sent();
  const identifier = message[name] ?? '';
  await expect(idsOf(identifier)).resolves.toEqual([message.messageId]);
  await expect(idsOf(` ${identifier}\n`, 'acme')).resolves.toEqual([message.messageId]);
  await expect(idsOf(identifier, 'globex')).resolves.toEqual([]);
});

test.each(['conversationSid', 'participantSid'] as const)(
  'messages share a %s: the newest comes first',
  async (name) => {
    const older = await sent();
    const { conversationSid, participantSid } = older;
    const newer = await sent({ created: { conversationSid, participantSid } });
    await clone.database.raw("update messages set created_at = created_at - interval '1 hour' where message_id = ?", [
      older.messageId,
    ]);
    await expect(idsOf(older[name])).resolves.toEqual([newer.messageId, older.messageId]);
  },
);

test('a message into a conversation is found by each of its participants', async () => {
  const { messageId } = await sent();
  const participantSid = newSid('MB');
  await clone.database.raw(
    `insert into attempt_participants (message_id, number, participant_sid, channel, sender, recipient)
    values (?, 1, ?, 'sms', '+12025550100', '+12025550101')`,
    [messageId, participantSid],
  );
  await expect(idsOf(participantSid)).resolves.toEqual([messageId]);
});

test.each(['SM', 'MM', 'WA'] as const)('a channel message may be %s', async (prefix) => {
  const message = await sent();
  const channelMessageSid = newSid(prefix);
  await createInboxStore(clone.database).store(newReceipt(message, { channelMessageSid, status: 'sent' }));
  await expect(idsOf(channelMessageSid)).resolves.toEqual([message.messageId]);
});

test.each(['CH', 'MB', 'IM', 'DY', 'CA', 'SM', 'MM', 'WA'] as const)('%s of nobody leads nowhere', async (prefix) => {
  await sent();
  await expect(idsOf(newSid(prefix))).resolves.toEqual([]);
});
