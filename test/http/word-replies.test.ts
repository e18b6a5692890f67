import { newAttempt, newMessage, newSid } from '../support/database-fixtures';
import { ACCOUNT_SID, signedWebhook } from './support/signed-webhook';
import { type Answer, startTestApi, type TestApi } from './support/test-api';

const PATH = '/webhooks/twilio/conversations';
const ADDRESS = '+12025550160';
const REPLY = 'Fragen? +49 30 5550100';
const conversationSid = newSid('CH');

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ POSTHORN_WORD_REPLIES: JSON.stringify({ de: { help: REPLY } }) });
  const opened = { conversationSid, participantSid: newSid('MB') };
  await api.stores.messages.beginAttempt(newMessage(), newAttempt({ recipient: ADDRESS }), { opened });
});
afterAll(() => api.stop());
beforeEach(() => void api.client.started.splice(0));

function say(body: string, overrides: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const fields = {
    EventType: 'onMessageAdded',
    AccountSid: ACCOUNT_SID,
    ConversationSid: conversationSid,
    MessageSid: newSid('IM'),
    Author: ADDRESS,
    Source: 'SMS',
    Body: body,
    Attributes: '{}',
    DateCreated: '2026-01-02T03:04:05.000Z',
    ...overrides,
  };
  return api.call('POST', PATH, signedWebhook(PATH, fields));
}

test('a word is answered by a message whose workflow is started, once however often the webhook comes', async () => {
  const MessageSid = newSid('IM');
  for (let times = 0; times < 3; times += 1) {
    expect((await say('Hilfe!', { MessageSid })).status).toBe(200);
  }
  expect(api.client.started).toMatchObject([
    { tenant: 'posthorn', request: { to: ADDRESS, content: { body: REPLY }, answers: MessageSid } },
  ]);
  expect(api.client.started[0]?.messageId).not.toContain(ADDRESS);
});

test('an old webhook whose time was cut off is not answered', async () => {
  await say('Hilfe', { DateCreated: 'x' });
  expect(api.client.started).toEqual([]);
});

test('what is not a word is not answered, so that two machines cannot talk for ever', async () => {
  await say('Hilfe kommt!');
  await say(REPLY);
  expect(api.client.started).toEqual([]);
});

test('no request from outside says which word it answers', async () => {
  const answer = await api.call('POST', '/v1/messages', {
    json: { to: ADDRESS, body: 'Hello', answers: newSid('IM') },
  });
  expect(answer).toMatchObject({ status: 400, json: { errors: [{ field: 'answers' }] } });
});
