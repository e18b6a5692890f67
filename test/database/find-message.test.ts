import { createCallStore } from '../../src/database/call-store';
import { createInboxStore, type InboxStore } from '../../src/database/inbox-store';
import { createMessageStore, type MessageStore } from '../../src/database/message-store';
import { type CallEvent } from '../../src/domain/call-event';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  ANY_TIME,
  newAttempt,
  newCreated,
  newMessage,
  newReceipt,
  newSid,
  omit,
  RECIPIENT,
  SENDER,
} from '../support/database-fixtures';
import { nextMillisecond } from '../support/next-millisecond';

let clone: TestDatabase;
let messages: MessageStore;
let inbox: InboxStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  inbox = createInboxStore(clone.database);
});

afterAll(() => clone.drop());

test('another tenant’s message and an unknown one are not there', async () => {
  const message = newMessage();
  await messages.accept(message);
  expect(await messages.find('other', message.messageId)).toBeUndefined();
  expect(await messages.find('acme', 'msg_unknown')).toBeUndefined();
});

test('attempts have their own receipts, and nothing is null', async () => {
  const message = newMessage();
  const [first, second] = [newCreated(), newCreated()];
  await messages.beginAttempt(message, newAttempt());
  await messages.recordCreated(message.messageId, 1, first);
  await messages.beginAttempt(message, newAttempt({ number: 2, step: 1, channel: 'whatsapp' }));
  await messages.recordCreated(message.messageId, 2, second);
  const receipt = newReceipt(first, { status: 'undelivered', errorCode: 30003 });
  const bare = omit(receipt, 'participantSid', 'channelMessageSid');
  await inbox.store(bare);
  const other = newReceipt(second, { source: 'poll' });
  await inbox.store(other);

  const found = await messages.find('acme', message.messageId);
  expect(found?.attempts).toStrictEqual([
    {
      ...newAttempt(),
      ...first,
      startedAt: ANY_TIME,
      sentAt: ANY_TIME,
      receipts: [
        {
          eventId: `${bare.deliveryReceiptSid}:undelivered:30003`,
          deliveryReceiptSid: bare.deliveryReceiptSid,
          messageSid: first.messageSid,
          status: 'undelivered',
          errorCode: 30003,
          source: 'webhook',
          at: bare.at,
          receivedAt: ANY_TIME,
        },
      ],
    },
    {
      ...newAttempt({ number: 2, step: 1, channel: 'whatsapp' }),
      ...second,
      startedAt: ANY_TIME,
      sentAt: ANY_TIME,
      receipts: [
        {
          ...omit(other, 'conversationSid', 'unknownFields'),
          eventId: `${other.deliveryReceiptSid}:delivered`,
          receivedAt: ANY_TIME,
        },
      ],
    },
  ]);
});

test('the timeline has receipts where they arrived, with Twilio’s time beside', async () => {
  const message = newMessage();
  const created = newCreated();
  const deliveryReceiptSid = newSid('DY');
  const receipt = newReceipt(created, {
    deliveryReceiptSid,
    status: 'failed',
    errorCode: 30008,
    at: '2020-01-01T00:00:00.000Z',
  });
  await messages.beginAttempt(message, newAttempt());
  const sent = await messages.recordCreated(message.messageId, 1, created);
  await inbox.store(receipt);
  const attemptEnd = { number: 1, result: { kind: 'timed_out' } } as const;
  const note = { kind: 'escalated', attempt: 1, detail: { step: 1 } } as const;
  await messages.recordProgress({
    messageId: message.messageId,
    status: 'escalating',
    attemptEnd,
    heardEventIds: [],
    note,
  });

  expect(sent).toEqual([]);
  const timeline = (await messages.find('acme', message.messageId))?.timeline ?? [];
  expect(timeline.map(({ kind }) => kind)).toEqual([
    'accepted',
    'attempt_started',
    'handed_to_twilio',
    'receipt',
    'attempt_ended',
    'escalated',
  ]);
  expect(timeline[3]).toStrictEqual({
    at: ANY_TIME,
    kind: 'receipt',
    attempt: 1,
    detail: {
      status: 'failed',
      errorCode: 30008,
      deliveryReceiptSid,
      participantSid: created.participantSid,
      source: 'webhook',
      toldAt: '2020-01-01T00:00:00.000Z',
    },
  });
  expect(timeline[3]?.at).not.toMatch(/^2020/);
  expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted());
});

test('neither addresses nor texts stand in the timeline', async () => {
  const message = newMessage();
  await messages.beginAttempt(message, newAttempt());
  await messages.recordCreated(message.messageId, 1, newCreated());
  const { timeline } = (await messages.find('acme', message.messageId)) ?? {};
  expect(JSON.stringify(timeline)).not.toMatch(/\+1202555|parcel/);
});

test('what was told of a call stands in the timeline where it arrived: words and SIDs, no number', async () => {
  const message = newMessage();
  const { messageId, tenant } = message;
  const callSid = newSid('CA');
  const at = '2026-11-20T12:00:00.000Z';
  const calls = createCallStore(clone.database);
  await calls.begin(message, { number: 1, step: 1, channel: 'voice', sender: SENDER, recipient: RECIPIENT });
  const told: readonly CallEvent[] = [
    { kind: 'status', eventId: `${callSid}:1`, callSid, at, status: 'ringing', sequence: 1 },
    { kind: 'answered_by', eventId: `${callSid}:2`, callSid, at, answeredBy: 'human' },
    { kind: 'key', eventId: `${callSid}:3`, callSid, at, key: 'person' },
    { kind: 'dialled', eventId: `${callSid}:4`, callSid, at, wasTaken: false },
    { kind: 'status', eventId: `${callSid}:5`, callSid, at, status: 'completed', durationSeconds: 7 },
  ];
  for (const event of told) {
    await calls.storeEvent({ messageId, attempt: 1, event });
    await nextMillisecond(clone.database);
  }
  const { timeline = [] } = (await messages.find(tenant, messageId)) ?? {};
  const entries = timeline.filter(({ kind }) => kind === 'call');
  expect(entries.map(({ attempt, detail }) => ({ attempt, ...detail }))).toEqual(
    [
      { status: 'ringing' },
      { answeredBy: 'human' },
      { key: 'person' },
      { connection: 'not_taken' },
      { status: 'completed', durationSeconds: 7 },
    ].map((detail) => ({ attempt: 1, ...detail, callSid, toldAt: at })),
  );
  expect(JSON.stringify(timeline)).not.toMatch(/\+1202/);
});
