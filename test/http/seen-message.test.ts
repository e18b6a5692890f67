import { messageIdFor } from '../../src/domain/message-id';
import { attemptAttributes } from '../../src/twilio/attempt-attributes';
import { newAttempt, newCreated, newMessage, newSid } from '../support/database-fixtures';
import { ACCOUNT_SID, signedWebhook } from './support/signed-webhook';
import { startTestApi, type TestApi } from './support/test-api';

const PATH = '/webhooks/twilio/conversations';

let api: TestApi;
let keys = 0;
beforeEach(async () => {
  api = await startTestApi();
});
afterEach(() => api.stop());

/** A message whose create has no answer, and the webhook with which Twilio tells of it. */
async function unanswered() {
  const message = newMessage({ messageId: messageIdFor('acme', `key ${keys++}`) });
  const created = newCreated();
  await api.stores.messages.beginAttempt(message, newAttempt(), { opened: created });
  const fields = {
    EventType: 'onMessageAdded',
    AccountSid: ACCOUNT_SID,
    ConversationSid: created.conversationSid,
    MessageSid: created.messageSid,
    Source: 'API',
    Body: 'hello',
    Attributes: attemptAttributes({ messageId: message.messageId, attempt: 1 }),
  };
  return { message, created, fields };
}

/** The SID that posthorn knows once all that it was told is stored. */
async function messageSidOf(messageId: string): Promise<string | undefined> {
  await api.seenMessages.stop();
  return (await api.stores.messages.find('acme', messageId))?.attempts[0]?.messageSid;
}

test('a message of ours that Twilio tells of gives its attempt the SID', async () => {
  const { created, fields, message } = await unanswered();
  expect((await api.call('POST', PATH, signedWebhook(PATH, fields))).status).toBe(200);
  expect(await messageSidOf(message.messageId)).toBe(created.messageSid);
});

test('without a signature that holds, it changes nothing', async () => {
  const { fields, message } = await unanswered();
  expect((await api.call('POST', PATH, signedWebhook(PATH, fields, 'forged'))).status).toBe(403);
  expect(await messageSidOf(message.messageId)).toBeUndefined();
});

test.each([
  ['in another conversation', { ConversationSid: newSid('CH') }],
  ['that a chat participant wrote', { Source: 'SDK' }],
  ['of another account', { AccountSid: newSid('AC') }],
])('our key in a message %s changes nothing', async (_what, change) => {
  const { fields, message } = await unanswered();
  await api.call('POST', PATH, signedWebhook(PATH, { ...fields, ...change }));
  expect(await messageSidOf(message.messageId)).toBeUndefined();
});
