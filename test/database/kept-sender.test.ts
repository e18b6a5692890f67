import { createConversationStore, type ConversationStore } from '../../src/database/conversation-store';
import { createMessageStore, type MessageStore, type NewAttempt } from '../../src/database/message-store';
import { createOptOutStore } from '../../src/database/opt-out-store';
import { type OpenConversation } from '../../src/twilio/gateway';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newMessage, newOptOut, newSid, RECIPIENT } from '../support/database-fixtures';

const [CHOSEN, OTHER, FOREIGN] = ['+12025550110', '+12025550111', '+12025550112'] as const;
const POOL = [CHOSEN, OTHER];

let clone: TestDatabase;
let messages: MessageStore;
let conversations: ConversationStore;
beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  conversations = createConversationStore(clone.database);
});
beforeEach(() => clone.database.raw('delete from opt_outs; delete from conversations'));
afterAll(() => clone.drop());

const newConversation = (): OpenConversation => ({
  conversationSid: newSid('CH'),
  participantSid: newSid('MB'),
});
const pooled = (parts: Partial<NewAttempt> = {}): NewAttempt => newAttempt({ sender: CHOSEN, pool: POOL, ...parts });

/** The recipient has a conversation with a sender. */
async function converse(sender: string, parts: Partial<NewAttempt> = {}): Promise<OpenConversation> {
  const opened = newConversation();
  await messages.beginAttempt(newMessage(), newAttempt({ sender, ...parts }), { opened });
  return opened;
}

async function senderOf(messageId: string): Promise<string | undefined> {
  return (await messages.find('acme', messageId))?.attempts[0]?.sender;
}

test('whoever has no conversation with a pool gets the sender that was chosen', async () => {
  const message = newMessage();
  await converse(FOREIGN);
  await converse(OTHER, { recipient: '+12025550198' });
  await converse(OTHER, { channel: 'whatsapp' });
  expect(await messages.beginAttempt(message, pooled())).not.toHaveProperty('sender');
  expect(await senderOf(message.messageId)).toBe(CHOSEN);
});

test('whoever has one keeps its sender, and the conversation with it, in the same statement', async () => {
  const message = newMessage();
  const conversation = await converse(OTHER);
  expect(await messages.beginAttempt(message, pooled())).toMatchObject({
    sender: OTHER,
    conversation,
    createId: expect.any(String) as string,
  });
  expect(await senderOf(message.messageId)).toBe(OTHER);
  expect(await conversations.keptSender(RECIPIENT, 'sms', POOL)).toBe(OTHER);
  expect(await conversations.keptSender(RECIPIENT, 'sms', [CHOSEN])).toBeUndefined();
  expect(await conversations.keptSender(RECIPIENT, 'whatsapp', POOL)).toBeUndefined();
});

test('of several conversations the one with the sender that comes first in the pool counts', async () => {
  await converse(CHOSEN);
  await converse(OTHER);
  expect(await messages.beginAttempt(newMessage(), pooled())).not.toHaveProperty('sender');
  const reversed = { sender: OTHER, pool: [OTHER, CHOSEN] };
  expect(await messages.beginAttempt(newMessage(), pooled(reversed))).not.toHaveProperty('sender');
  expect(await conversations.keptSender(RECIPIENT, 'sms', [OTHER, CHOSEN])).toBe(OTHER);
});

test('without a pool the sender is the one that was asked for', async () => {
  await converse(OTHER);
  const grant = await messages.beginAttempt(newMessage(), newAttempt({ sender: CHOSEN }));
  expect(grant).not.toHaveProperty('sender');
  expect(grant).not.toHaveProperty('conversation');
});

test('a repetition has the sender of the first try, whatever happened in between', async () => {
  const message = newMessage();
  await messages.beginAttempt(message, pooled());
  await converse(OTHER);
  const repeated = await messages.beginAttempt(message, pooled());
  expect(repeated).not.toHaveProperty('sender');
  expect(repeated).not.toHaveProperty('conversation');
});

test('opt-outs are asked for the sender that it comes to', async () => {
  const optOuts = createOptOutStore(clone.database);
  await optOuts.record(newOptOut({ scope: { sender: CHOSEN } }));
  await converse(OTHER);
  expect(await messages.beginAttempt(newMessage(), pooled())).not.toHaveProperty('optOut');
  await optOuts.record(newOptOut({ scope: { sender: OTHER } }));
  expect(await messages.beginAttempt(newMessage(), pooled())).toMatchObject({ optOut: { scope: { sender: OTHER } } });
});

describe('when the recipient last wrote', () => {
  const whatsapp = { channel: 'whatsapp' } as const;
  const [EARLIER, LATER] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'] as const;
  const heard = async (parts: Partial<NewAttempt> = {}) =>
    (await messages.beginAttempt(newMessage(), newAttempt({ ...whatsapp, ...parts }))).lastInboundAt;

  test('is known from the conversation that they wrote into, and what is told late takes nothing back', async () => {
    const { conversationSid } = await converse(CHOSEN, whatsapp);
    await converse(OTHER, whatsapp);
    expect(await heard({ sender: CHOSEN })).toBeUndefined();
    await conversations.noteInbound({ from: RECIPIENT, writtenTo: { conversationSid }, at: LATER });
    await conversations.noteInbound({ from: RECIPIENT, writtenTo: { conversationSid }, at: EARLIER });
    expect(await heard({ sender: CHOSEN })).toBe(LATER);
    expect(await heard({ sender: OTHER })).toBeUndefined();
  });

  test('is known from the sender that they wrote to, and stays when the pair gets another conversation', async () => {
    await converse(CHOSEN, whatsapp);
    await conversations.noteInbound({ from: RECIPIENT, writtenTo: { sender: CHOSEN }, at: EARLIER });
    const other = await converse(CHOSEN, whatsapp);
    const grant = await messages.beginAttempt(newMessage(), newAttempt({ ...whatsapp, sender: CHOSEN }));
    expect(grant).toMatchObject({ lastInboundAt: EARLIER, conversation: other });
  });

  test('is not known any more when they wrote into a conversation that nobody knows', async () => {
    await converse(CHOSEN, whatsapp);
    await conversations.noteInbound({ from: RECIPIENT, writtenTo: { sender: CHOSEN }, at: EARLIER });
    await conversations.noteInbound({
      from: '+12025550198',
      writtenTo: { conversationSid: newSid('CH') },
      at: LATER,
    });
    expect(await heard({ sender: CHOSEN })).toBe(EARLIER);
    await conversations.noteInbound({ from: RECIPIENT, writtenTo: { conversationSid: newSid('CH') }, at: LATER });
    expect(await heard({ sender: CHOSEN })).toBeUndefined();
  });

  test('is nothing to remember of somebody with whom there is no conversation', async () => {
    await conversations.noteInbound({ from: RECIPIENT, writtenTo: { conversationSid: newSid('CH') }, at: LATER });
    expect(await heard({ sender: CHOSEN })).toBeUndefined();
  });
});
