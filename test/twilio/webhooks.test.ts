import { isInbound, type MessageAdded } from '../../src/twilio/message-added';
import { parseConversationsWebhook } from '../../src/twilio/conversations-webhook';
import { parseMessagingWebhook } from '../../src/twilio/messaging-webhook';

const sidOf = (prefix: string): string => prefix + '0123456789abcdef'.repeat(2);

const DELIVERY = {
  EventType: 'onDeliveryUpdated',
  AccountSid: sidOf('AC'),
  ConversationSid: sidOf('CH'),
  ChatServiceSid: sidOf('IS'),
  MessageSid: sidOf('IM'),
  DeliveryReceiptSid: sidOf('DY'),
  ChannelMessageSid: sidOf('SM'),
  ParticipantSid: sidOf('MB'),
  Status: 'undelivered',
  ErrorCode: '30003',
  DateCreated: '2026-03-01T12:00:00Z',
  DateUpdated: '2026-03-01T12:00:01.5Z',
};

type Fields = Readonly<Record<string, string | undefined>>;

function form(fields: Fields): Buffer {
  const present = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  return Buffer.from(new URLSearchParams(present).toString());
}

function delivery(change: Fields) {
  return parseConversationsWebhook(form({ ...DELIVERY, ...change }));
}

describe('onDeliveryUpdated', () => {
  test('is read in full', () => {
    expect(delivery({ RetryCount: '0' })).toEqual({
      ok: true,
      event: {
        kind: 'deliveryUpdated',
        accountSid: DELIVERY.AccountSid,
        conversationSid: DELIVERY.ConversationSid,
        chatServiceSid: DELIVERY.ChatServiceSid,
        messageSid: DELIVERY.MessageSid,
        deliveryReceiptSid: DELIVERY.DeliveryReceiptSid,
        channelMessageSid: DELIVERY.ChannelMessageSid,
        participantSid: DELIVERY.ParticipantSid,
        status: 'undelivered',
        errorCode: 30003,
        createdAt: '2026-03-01T12:00:00.000Z',
        updatedAt: '2026-03-01T12:00:01.500Z',
        unknownFields: { RetryCount: '0' },
      },
    });
  });

  test.each<readonly [string, Fields, object]>([
    ['Status before DeliveryStatus', { DeliveryStatus: 'sent' }, { status: 'undelivered' }],
    ['DeliveryStatus when there is no Status', { Status: undefined, DeliveryStatus: 'sent' }, { status: 'sent' }],
    ['DeliveryStatus when Status is empty', { Status: '', DeliveryStatus: 'sent' }, { status: 'sent' }],
    ['a status that nobody knows', { Status: 'teleported' }, { status: 'teleported' }],
    ['DeliveryReason', { DeliveryReason: 'unreachable' }, { reason: 'unreachable' }],
    ['a WhatsApp leg', { ChannelMessageSid: sidOf('WA') }, { channelMessageSid: sidOf('WA') }],
    ['times with an offset', { DateUpdated: '2026-03-01T13:00:00+01:00' }, { updatedAt: '2026-03-01T12:00:00.000Z' }],
    ['times without a zone as UTC', { DateUpdated: '2026-03-01T12:00:00' }, { updatedAt: '2026-03-01T12:00:00.000Z' }],
    ['an unreadable code', { ErrorCode: 'E42' }, { unknownFields: { ErrorCode: 'E42' } }],
    ['an unreadable time', { DateUpdated: 'then' }, { unknownFields: { DateUpdated: 'then' } }],
    ['an unreadable leg', { ChannelMessageSid: 'XX1' }, { unknownFields: { ChannelMessageSid: 'XX1' } }],
  ])('takes %s', (_name, change, expected) => {
    expect(delivery(change)).toMatchObject({ ok: true, event: expected });
  });

  test.each<readonly [string, Fields]>([
    ['empty', { ErrorCode: '' }],
    ['absent', { ErrorCode: undefined }],
    ['zero', { ErrorCode: '0' }],
    ['unreadable', { ErrorCode: '-1' }],
  ])('has no error code when it is %s', (_name, change) => {
    const result = delivery(change);
    expect(result.ok && result.event).not.toHaveProperty('errorCode');
  });

  test('names every field that is missing or of the wrong kind, and no value', () => {
    const result = delivery({
      MessageSid: sidOf('SM'),
      DeliveryReceiptSid: '',
      Status: undefined,
      AccountSid: 'secret',
    });
    expect(result).toMatchObject({ ok: false });
    const problems = result.ok ? [] : result.problems;
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'AccountSid',
      'DeliveryReceiptSid',
      'MessageSid',
      'Status',
    ]);
    expect(problems.find((problem) => problem.startsWith('MessageSid'))).toContain('a message SID starts with IM');
    expect(problems.join()).not.toContain('secret');
  });
});

describe('onMessageAdded', () => {
  const ADDED = {
    EventType: 'onMessageAdded',
    AccountSid: sidOf('AC'),
    ConversationSid: sidOf('CH'),
    MessageSid: sidOf('IM'),
    ParticipantSid: sidOf('MB'),
    Author: '+15550100001',
    Source: 'SMS',
    Body: 'STOP',
    Attributes: '{"x":1}',
    DateCreated: '2026-03-01T12:00:00.000Z',
  };
  const added = (change: Fields): MessageAdded => {
    const result = parseConversationsWebhook(form({ ...ADDED, ...change }));
    if (!result.ok || result.event.kind !== 'messageAdded') {
      throw new Error('not read as onMessageAdded');
    }
    return result.event;
  };

  test('is read in full', () => {
    expect(added({})).toEqual({
      kind: 'messageAdded',
      accountSid: ADDED.AccountSid,
      conversationSid: ADDED.ConversationSid,
      messageSid: ADDED.MessageSid,
      participantSid: ADDED.ParticipantSid,
      author: '+15550100001',
      source: 'SMS',
      body: 'STOP',
      attributes: { x: 1 },
      createdAt: '2026-03-01T12:00:00.000Z',
    });
  });

  test('gives the key of the attempt that it was made for', () => {
    const attributes = '{"posthorn":{"messageId":"msg_1","attempt":2},"x":1}';
    expect(added({ Attributes: attributes }).attemptKey).toEqual({ messageId: 'msg_1', attempt: 2 });
  });

  test.each(['', 'no json', '[]', '"text"'])('reads Attributes "%s" as none', (attributes) => {
    expect(added({ Attributes: attributes }).attributes).toEqual({});
  });

  test('can do without text, author and participant', () => {
    expect(added({ Body: undefined, Author: '', ParticipantSid: undefined })).toMatchObject({ body: '' });
  });

  test.each<readonly [string, Fields, boolean]>([
    ['over a carrier', { Source: 'SMS' }, true],
    ['over WhatsApp', { Source: 'WHATSAPP' }, true],
    ['without a source', { Source: undefined }, true],
    ['over the API', { Source: 'API' }, false],
    ['over the SDK', { Source: 'SDK' }, false],
    ['with a key of ours', { Attributes: '{"posthorn":{"messageId":"m","attempt":1}}' }, false],
  ])('that came %s is inbound: %s', (_name, change, expected) => {
    expect(isInbound(added(change))).toBe(expected);
  });

  test('is refused without its message', () => {
    const result = parseConversationsWebhook(form({ ...ADDED, MessageSid: undefined }));
    expect(result).toEqual({ ok: false, problems: [expect.stringMatching(/^MessageSid is missing/)] });
  });
});

test('other events are told by name, and one without a name is refused', () => {
  expect(parseConversationsWebhook(form({ EventType: 'onConversationAdded' }))).toEqual({
    ok: true,
    event: { kind: 'other', eventType: 'onConversationAdded' },
  });
  expect(parseConversationsWebhook(form({}))).toEqual({
    ok: false,
    problems: [expect.stringMatching(/^EventType is missing/)],
  });
});

describe('the webhook of the messaging service', () => {
  const INBOUND = {
    MessageSid: sidOf('SM'),
    AccountSid: sidOf('AC'),
    MessagingServiceSid: sidOf('MG'),
    From: '+15550100001',
    To: '+15550100002',
    Body: 'stop',
    OptOutType: 'STOP',
    NumMedia: '0',
  };

  test('is read in full', () => {
    expect(parseMessagingWebhook(form(INBOUND))).toEqual({
      ok: true,
      event: {
        accountSid: INBOUND.AccountSid,
        messageSid: INBOUND.MessageSid,
        messagingServiceSid: INBOUND.MessagingServiceSid,
        channel: 'sms',
        from: '+15550100001',
        to: '+15550100002',
        body: 'stop',
        optOutType: 'STOP',
      },
    });
  });

  test('knows WhatsApp by its addresses, and does without OptOutType', () => {
    const whatsapp = { ...INBOUND, From: 'whatsapp:+15550100001', To: 'whatsapp:+15550100002', OptOutType: 'LATER' };
    const result = parseMessagingWebhook(form(whatsapp));
    expect(result).toMatchObject({
      ok: true,
      event: { channel: 'whatsapp', from: '+15550100001', to: '+15550100002' },
    });
    expect(result.ok && result.event).not.toHaveProperty('optOutType');
  });

  test('names what is missing or of a channel that is not carried', () => {
    const result = parseMessagingWebhook(form({ ...INBOUND, MessageSid: undefined, From: 'messenger:5550100001' }));
    expect(result).toEqual({
      ok: false,
      problems: [expect.stringMatching(/^MessageSid is missing/), expect.stringMatching(/^From is not an SMS/)],
    });
    expect(JSON.stringify(result)).not.toContain('5550100001');
  });
});
