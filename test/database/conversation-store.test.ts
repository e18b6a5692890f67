import { createConversationStore } from '../../src/database/conversation-store';
import { createMessageStore } from '../../src/database/message-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newMessage, newSid, RECIPIENT, SENDER } from '../support/database-fixtures';

let clone: TestDatabase;
beforeAll(async () => {
  clone = await createTestDatabase();
});
afterAll(() => clone.drop());

test('the sender of a conversation is known once it was opened', async () => {
  const conversations = createConversationStore(clone.database);
  const conversationSid = newSid('CH');
  const opened = { conversationSid, participantSid: newSid('MB') };
  await createMessageStore(clone.database).beginAttempt(newMessage(), newAttempt(), { opened });
  expect(await conversations.senderOf(RECIPIENT, conversationSid)).toBe(SENDER);
  expect(await conversations.senderOf('+12025550198', conversationSid)).toBeUndefined();
  expect(await conversations.senderOf(RECIPIENT, newSid('CH'))).toBeUndefined();
});
