import { TemporalUnavailableError } from '../../src/temporal/errors';
import { newAttempt, newCreated, newMessage, newSid, RECIPIENT, SENDER } from '../support/database-fixtures';
import { ACCOUNT_SID, signedWebhook } from './support/signed-webhook';
import { type Answer, startTestApi, type TestApi } from './support/test-api';

const PATH = '/webhooks/twilio/conversations';

let api: TestApi;
let stores: TestApi['stores'];
beforeAll(async () => {
  api = await startTestApi();
  ({ stores } = api);
});
afterAll(() => api.stop());
beforeEach(() => {
  api.client.signalled.length = 0;
  api.client.failure = undefined;
  api.client.isClosed = false;
});

/** Posts a webhook and waits for what goes on behind the answer. */
async function post(fields: Readonly<Record<string, string>>, path = PATH): Promise<Answer> {
  const answer = await api.call('POST', path, signedWebhook(path, fields));
  await api.background.idle();
  return answer;
}

async function sendMessage() {
  const message = newMessage();
  const created = newCreated();
  await stores.messages.beginAttempt(message, newAttempt(), { opened: created });
  await stores.messages.recordCreated(message.messageId, 1, created);
  return { ...message, ...created };
}

const receiptFields = (overrides: Readonly<Record<string, string>>) => ({
  EventType: 'onDeliveryUpdated',
  AccountSid: ACCOUNT_SID,
  ConversationSid: newSid('CH'),
  ChatServiceSid: newSid('IS'),
  MessageSid: newSid('IM'),
  DeliveryReceiptSid: newSid('DY'),
  ParticipantSid: newSid('MB'),
  ChannelMessageSid: newSid('SM'),
  Status: 'delivered',
  ErrorCode: '',
  DateCreated: '2026-01-02T03:04:05Z',
  DateUpdated: '2026-01-02T03:04:06Z',
  RetryCount: '0',
  ...overrides,
});

const receiptsOf = async (messageId: string) => (await stores.messages.find('acme', messageId))?.attempts[0]?.receipts;

describe('a receipt', () => {
  test('is stored and told to the workflow that waits for it', async () => {
    const { messageId, workflowId, messageSid, participantSid } = await sendMessage();
    const answer = await post(receiptFields({ MessageSid: messageSid, ParticipantSid: participantSid }));
    expect([answer.status, answer.text]).toEqual([200, '']);
    const event = { messageSid, participantSid, status: 'delivered', at: '2026-01-02T03:04:06.000Z' };
    expect(await receiptsOf(messageId)).toMatchObject([{ ...event, source: 'webhook' }]);
    expect(api.client.signalled).toEqual([{ workflowId, event: { ...event, eventId: expect.any(String) as string } }]);
  });

  test('that comes again changes nothing and is not told again', async () => {
    const { messageId, messageSid } = await sendMessage();
    const fields = receiptFields({ MessageSid: messageSid });
    await post(fields);
    expect((await post(fields)).status).toBe(200);
    expect(await receiptsOf(messageId)).toHaveLength(1);
    expect(api.client.signalled).toHaveLength(1);
  });

  test('that decides nothing is stored and not told', async () => {
    const { messageId, messageSid } = await sendMessage();
    await post(receiptFields({ MessageSid: messageSid, Status: 'sent' }));
    await post(receiptFields({ MessageSid: messageSid, Status: 'teleported' }));
    expect((await receiptsOf(messageId))?.map(({ status }) => status).sort()).toEqual(['sent', 'teleported']);
    expect(api.client.signalled).toEqual([]);
  });

  test('whose message is not known yet waits and is drained by the send', async () => {
    const message = newMessage();
    const created = newCreated();
    await stores.messages.beginAttempt(message, newAttempt(), { opened: created });
    expect((await post(receiptFields({ MessageSid: created.messageSid }))).status).toBe(200);
    expect(api.client.signalled).toEqual([]);
    const drained = await stores.messages.recordCreated(message.messageId, 1, created);
    expect(drained).toMatchObject([{ messageSid: created.messageSid, status: 'delivered' }]);
  });

  test('is stored while Temporal is away, and the relay tells it later', async () => {
    const { messageId, messageSid } = await sendMessage();
    api.client.failure = new TemporalUnavailableError('away');
    expect((await post(receiptFields({ MessageSid: messageSid }))).status).toBe(200);
    expect(await receiptsOf(messageId)).toHaveLength(1);
    expect(api.logged.slice(-2).join('')).toContain('the relay tries again');
  });

  test('may be called by the field names that some descriptions use', async () => {
    const { messageId, messageSid } = await sendMessage();
    const status = { Status: '', DeliveryStatus: 'undelivered', ErrorCode: '30003' };
    await post(receiptFields({ MessageSid: messageSid, ...status }));
    expect(await receiptsOf(messageId)).toMatchObject([{ status: 'undelivered', errorCode: 30003 }]);
  });

  test.each([
    ['21610', 'sms', { sender: SENDER, channel: null, category: null }],
    ['63014', 'whatsapp', { sender: null, channel: 'whatsapp', category: null }],
    ['63033', 'whatsapp', { sender: null, channel: 'whatsapp', category: 'marketing' }],
  ] as const)('with code %s over %s marks the opt-out in its scope, once', async (errorCode, channel, scope) => {
    const recipient = `+120255501${errorCode.slice(-2)}`;
    const message = newMessage();
    const created = newCreated();
    await stores.messages.beginAttempt(message, newAttempt({ recipient, channel }), { opened: created });
    await stores.messages.recordCreated(message.messageId, 1, created);
    const { messageSid: MessageSid, participantSid: ParticipantSid } = created;
    const fields = receiptFields({ MessageSid, ParticipantSid, Status: 'undelivered', ErrorCode: errorCode });
    await post(fields);
    await post(fields);
    expect((await api.call('GET', `/v1/opt-outs/${recipient}`)).json).toMatchObject({
      optedOut: true,
      scopes: [scope],
    });
    expect(
      ((await api.call('GET', `/v1/opt-outs/${recipient}/history`)).json as { history: object[] }).history,
    ).toMatchObject([{ source: 'receipt', evidence: `error ${errorCode} on ${created.messageSid}` }]);
  });

  test('with code 30007 is no opt-out, a thousand times', async () => {
    const recipient = '+12025550107';
    const message = newMessage();
    const created = newCreated();
    await stores.messages.beginAttempt(message, newAttempt({ recipient }), { opened: created });
    await stores.messages.recordCreated(message.messageId, 1, created);
    const { messageSid: MessageSid, participantSid: ParticipantSid } = created;
    for (let batch = 0; batch < 20; batch += 1) {
      const receipts = Array.from({ length: 50 }, () =>
        receiptFields({ MessageSid, ParticipantSid, Status: 'undelivered', ErrorCode: '30007' }),
      );
      const answers = await Promise.all(receipts.map((fields) => post(fields)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    }
    expect(await receiptsOf(message.messageId)).toHaveLength(1_000);
    expect((await api.call('GET', `/v1/opt-outs/${recipient}`)).json).toMatchObject({ optedOut: false });
  });
});

describe('what changes nothing', () => {
  test('a receipt of another account is refused', async () => {
    const { messageId, messageSid } = await sendMessage();
    const answer = await post(receiptFields({ MessageSid: messageSid, AccountSid: newSid('AC') }));
    expect(answer.json).toMatchObject({ status: 403, code: 'foreign_account' });
    expect(await receiptsOf(messageId)).toEqual([]);
  });

  test('a receipt whose body was changed after it was signed is refused', async () => {
    const { messageId, messageSid } = await sendMessage();
    const signed = signedWebhook(PATH, receiptFields({ MessageSid: messageSid, Status: 'failed' }));
    const body = String(signed.body).replace('Status=failed', 'Status=delivered');
    expect((await api.call('POST', PATH, { ...signed, body })).status).toBe(403);
    expect(await receiptsOf(messageId)).toEqual([]);
  });

  test('a receipt without what tells it from others is refused with the field', async () => {
    expect((await post(receiptFields({ DeliveryReceiptSid: '' }))).json).toMatchObject({
      status: 400,
      errors: [{ field: 'DeliveryReceiptSid' }],
    });
  });

  test('an event of another kind is answered with success', async () => {
    expect((await post({ EventType: 'onConversationStateUpdated', AccountSid: ACCOUNT_SID })).status).toBe(200);
  });
});

test('either token signs while it is being rotated, and the query counts', async () => {
  const path = `${PATH}?tenant=a&tenant=b`;
  const fields = { EventType: 'onParticipantAdded', 'MessagingBinding.Address': '+12025550101', Empty: '' };
  for (const authToken of ['old-token', 'new-token']) {
    expect((await api.call('POST', path, signedWebhook(path, fields, authToken))).status).toBe(200);
  }
});

describe('an inbound message', () => {
  const inbound = (overrides: Readonly<Record<string, string>>) => ({
    EventType: 'onMessageAdded',
    AccountSid: ACCOUNT_SID,
    ConversationSid: newSid('CH'),
    MessageSid: newSid('IM'),
    Index: '1',
    Author: RECIPIENT,
    Body: 'Stop',
    Source: 'SMS',
    Attributes: '{}',
    DateCreated: '2026-01-02T03:04:05.678Z',
    ...overrides,
  });
  const scopesOf = async (address: string) =>
    ((await api.call('GET', `/v1/opt-outs/${address}`)).json as { scopes: object[] }).scopes;

  test('STOP closes the sender that it was written to, and START opens it again', async () => {
    const address = '+12025550161';
    const conversation = { conversationSid: newSid('CH'), participantSid: newSid('MB') };
    await stores.messages.beginAttempt(newMessage(), newAttempt({ recipient: address }), { opened: conversation });
    const fields = { Author: address, ConversationSid: conversation.conversationSid };
    const stop = inbound({ ...fields, Body: ' stop. ' });
    expect((await post(stop)).status).toBe(200);
    expect(await scopesOf(address)).toMatchObject([{ sender: SENDER, channel: null, source: 'inbound_word' }]);

    await post(inbound({ ...fields, Body: 'START', DateCreated: '2026-01-02T03:05:00.000Z' }));
    expect(await scopesOf(address)).toEqual([]);
    // The old STOP, signed by Twilio, sent again by somebody else.
    await post(stop);
    expect(await scopesOf(address)).toEqual([]);
  });

  test('STOP in a conversation that nobody knows closes the channel', async () => {
    const address = '+12025550162';
    await post(inbound({ Author: `whatsapp:${address}`, Source: 'WHATSAPP' }));
    expect(await scopesOf(address)).toMatchObject([{ sender: null, channel: 'whatsapp', category: null }]);
  });

  test.each([
    ['a word inside a sentence', { Body: 'please stop by' }],
    ['HELP', { Body: 'HELP' }],
    ['a message over the API', { Source: 'API' }],
    ['a message over the SDK', { Source: 'SDK' }],
    ['one of our own', { Attributes: '{"posthorn":{"messageId":"msg_1","attempt":1}}', Source: 'API' }],
    ['a chat user without a number', { Author: 'messenger:12345' }],
  ])('%s leaves the ledger alone', async (_what, overrides) => {
    const address = '+12025550163';
    const answer = await post(inbound({ Author: address, ...overrides }));
    expect(answer.status).toBe(200);
    expect(await scopesOf(address)).toEqual([]);
  });
});
