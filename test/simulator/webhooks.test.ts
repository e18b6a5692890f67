import twilio from 'twilio';
import { sendWebhooksTo } from './support/configure';
import { ACCOUNT_SID, AUTH_TOKEN, PERSON, SENDER, SERVICE_SID } from './support/identifiers';
import { refusalOf } from './support/refusal-of';
import { useSimulator } from './support/use-simulator';
import { useWebhookReceiver } from './support/use-webhook-receiver';

const fixture = useSimulator(() => ({ webhookTimeoutMs: 200 }));
const receiver = useWebhookReceiver();
const control = (): ReturnType<typeof fixture.simulator>['control'] => fixture.simulator().control;

/** Posts a message with webhooks enabled and waits until all is told. */
async function postAndSettle(conversationSid: string, body = 'hello', enabled = true): Promise<string> {
  const { messages } = fixture.service().conversations(conversationSid);
  const message = await messages.create({ body, ...(enabled ? { xTwilioWebhookEnabled: 'true' } : {}) });
  await control().whenIdle();
  return message.sid;
}

test('tells every change of a receipt, signed over the URL and all fields', async () => {
  const url = `${receiver.origin()}/webhooks/twilio/conversations?tenant=a&b=%20`;
  await sendWebhooksTo(fixture.simulator().url, url);
  const conversationSid = await fixture.conversationWith();
  const messageSid = await postAndSettle(conversationSid);

  const [sent, delivered] = [...receiver.received()].sort((one, other) =>
    one.fields.Status === 'sent' ? -1 : other.fields.Status === 'sent' ? 1 : 0,
  );

  expect(receiver.received()).toHaveLength(2);
  expect(sent?.fields).toEqual({
    AccountSid: ACCOUNT_SID,
    EventType: 'onDeliveryUpdated',
    ChatServiceSid: SERVICE_SID,
    ConversationSid: conversationSid,
    MessageSid: messageSid,
    DeliveryReceiptSid: expect.stringMatching(/^DY[0-9a-f]{32}$/) as string,
    ChannelMessageSid: expect.stringMatching(/^SM[0-9a-f]{32}$/) as string,
    ParticipantSid: expect.stringMatching(/^MB[0-9a-f]{32}$/) as string,
    Status: 'sent',
    DateCreated: expect.stringMatching(/Z$/) as string,
    DateUpdated: expect.stringMatching(/Z$/) as string,
    RetryCount: '0',
  });
  expect(delivered?.fields.Status).toBe('delivered');
  for (const { signature, fields } of receiver.received()) {
    expect(twilio.validateRequest(AUTH_TOKEN, signature, url, fields)).toBe(true);
    expect(twilio.validateRequest(`${AUTH_TOKEN}x`, signature, url, fields)).toBe(false);
  }
});

test('signs what is not ASCII, empty or full of signs as Twilio does', async () => {
  const url = `${receiver.origin()}/hook`;
  await sendWebhooksTo(fixture.simulator().url, url, ['onMessageAdded']);
  const conversationSid = await fixture.conversationWith();
  await postAndSettle(conversationSid, ' 👋 a+b=c&d%20 é\n');

  const [webhook] = receiver.received();

  expect(webhook?.fields).toMatchObject({
    Body: ' 👋 a+b=c&d%20 é\n',
    Source: 'API',
    Author: 'system',
    Attributes: '{}',
  });
  expect(twilio.validateRequest(AUTH_TOKEN, webhook?.signature ?? '', url, webhook?.fields ?? {})).toBe(true);
});

test('an error code is told with failed and undelivered', async () => {
  await sendWebhooksTo(fixture.simulator().url, `${receiver.origin()}/hook`);
  control().setDefaultScript({ steps: [{ status: 'undelivered', errorCode: 30008 }] });
  await postAndSettle(await fixture.conversationWith());

  expect(receiver.received().map(({ fields }) => [fields.Status, fields.ErrorCode])).toEqual([
    ['undelivered', '30008'],
  ]);
});

test('events that are not in the filters do not fire', async () => {
  await sendWebhooksTo(fixture.simulator().url, `${receiver.origin()}/hook`, ['onConversationStateUpdated']);
  await postAndSettle(await fixture.conversationWith());

  expect(receiver.received()).toEqual([]);
});

test('what REST does is told only when the request enables webhooks; receipts are told always', async () => {
  const events = ['onConversationAdded', 'onParticipantAdded', 'onMessageAdded', 'onDeliveryUpdated'];
  await sendWebhooksTo(fixture.simulator().url, `${receiver.origin()}/hook`, events);
  const conversationSid = await fixture.conversationWith();
  await postAndSettle(conversationSid, 'silent', false);

  expect(new Set(receiver.received().map(({ fields }) => fields.EventType))).toEqual(new Set(['onDeliveryUpdated']));
});

test('tells of the life of a conversation when asked to', async () => {
  const events = ['onConversationAdded', 'onConversationStateUpdated', 'onParticipantAdded', 'onConversationRemoved'];
  await sendWebhooksTo(fixture.simulator().url, `${receiver.origin()}/hook`, events);
  const enabled = { xTwilioWebhookEnabled: 'true' } as const;
  const { conversations } = fixture.service();
  const { sid: conversationSid } = await conversations.create({ uniqueName: 'pair', ...enabled });
  const { participants } = conversations(conversationSid);
  await participants.create({
    'messagingBinding.address': PERSON,
    'messagingBinding.proxyAddress': SENDER,
    ...enabled,
  });
  await conversations(conversationSid).update({ state: 'closed', ...enabled });
  await conversations(conversationSid).remove(enabled);
  await control().whenIdle();

  const told = new Map(receiver.received().map(({ fields }) => [fields.EventType, fields]));
  expect(told.get('onConversationAdded')).toMatchObject({ UniqueName: 'pair', State: 'active' });
  expect(told.get('onParticipantAdded')).toMatchObject({
    'MessagingBinding.Address': PERSON,
    'MessagingBinding.ProxyAddress': SENDER,
    'MessagingBinding.Type': 'sms',
  });
  expect(told.get('onConversationStateUpdated')).toMatchObject({
    StateFrom: 'active',
    StateTo: 'closed',
    Reason: 'API',
  });
  expect(told.get('onConversationRemoved')).toMatchObject({ ConversationSid: conversationSid });
});

test('a GET carries the fields in the URL, which is what is signed', async () => {
  const url = `${receiver.origin()}/hook`;
  const { webhooks } = fixture.service().configuration;
  await webhooks().update({ method: 'GET', postWebhookUrl: url, filters: ['onDeliveryUpdated'] });
  await postAndSettle(await fixture.conversationWith());

  const [webhook] = receiver.received();
  expect(webhook?.method).toBe('GET');
  const fullUrl = receiver.origin() + (webhook?.path ?? '');
  expect(new URL(fullUrl).searchParams.get('EventType')).toBe('onDeliveryUpdated');
  expect(twilio.validateRequest(AUTH_TOKEN, webhook?.signature ?? '', fullUrl, {})).toBe(true);
});

test('the account configuration fires for every service, beside that of the service', async () => {
  await sendWebhooksTo(fixture.simulator().url, `${receiver.origin()}/service`);
  const { configuration } = fixture.client().conversations.v1;
  await configuration
    .webhooks()
    .update({ postWebhookUrl: `${receiver.origin()}/account`, filters: ['onDeliveryUpdated'] });
  control().setDefaultScript({ steps: [{ status: 'sent' }] });
  await postAndSettle(await fixture.conversationWith());

  expect(
    receiver
      .received()
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['/account', '/service']);
});

test('refuses a configuration that cannot work', async () => {
  const update = (change: object): Promise<unknown> => fixture.service().configuration.webhooks().update(change);

  expect(await refusalOf(update({ postWebhookUrl: 'not a url' }))).toMatchObject({ code: 50078 });
  expect(await refusalOf(update({ preWebhookUrl: 'ftp://example.com' }))).toMatchObject({ code: 50077 });
  expect(await refusalOf(update({ method: 'PUT' }))).toMatchObject({ code: 50055 });
});

test('a webhook that is refused or not answered is logged and never sent again', async () => {
  await sendWebhooksTo(fixture.simulator().url, `${receiver.origin()}/hook`);
  control().setDefaultScript({ steps: [{ status: 'sent' }] });
  const conversationSid = await fixture.conversationWith();
  receiver.answerWith(503);
  await postAndSettle(conversationSid);
  receiver.answerWith('nothing');
  await postAndSettle(conversationSid);

  expect(receiver.received()).toHaveLength(2);
  expect(control().webhooks()).toMatchObject([
    { status: 503, error: null, eventType: 'onDeliveryUpdated' },
    { status: null, error: 'no answer within 200 ms' },
  ]);
  expect(
    control()
      .events()
      .filter(({ kind }) => kind === 'webhook.failed'),
  ).toHaveLength(2);
});

test('a receiver that is not there is logged', async () => {
  await sendWebhooksTo(fixture.simulator().url, 'http://127.0.0.1:1/hook');
  control().setDefaultScript({ steps: [{ status: 'sent' }] });
  await postAndSettle(await fixture.conversationWith());

  expect(control().webhooks()).toMatchObject([
    { status: null, error: expect.stringContaining('ECONNREFUSED') as string },
  ]);
});
