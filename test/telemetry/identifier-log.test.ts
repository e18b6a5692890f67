import { type CallbackStore } from '../../src/database/callback-store';
import { type FanOutStore } from '../../src/database/fan-out-store';
import { type InboxStore } from '../../src/database/inbox-store';
import { type MessageStore } from '../../src/database/message-store';
import { createLogger, type LogLevel } from '../../src/telemetry/logger';
import { createIdentifierLog } from '../../src/telemetry/identifiers/identifier-log';
import { loggingAnnounced, loggingCallbacks } from '../../src/telemetry/identifiers/logging-callbacks';
import { loggingGateway } from '../../src/telemetry/identifiers/logging-gateway';
import { loggingMade } from '../../src/telemetry/identifiers/logging-made';
import { loggingFanOut, loggingMessages, loggingReceipts } from '../../src/telemetry/identifiers/logging-stores';
import { loggingWebhooks } from '../../src/telemetry/identifiers/logging-tracer';
import { type Simulator } from '../../src/simulator/start-simulator';
import { createTwilioGateway } from '../../src/twilio/twilio-gateway';
import { newAttempt, newCreated, newMessage, newReceipt, newSid } from '../support/database-fixtures';
import { ACCOUNT, KEY, PAIR, startTwilio, TEXT } from '../twilio/simulated-twilio';

type Messages = Pick<MessageStore, 'accept' | 'beginAttempt' | 'recordCreated' | 'recordSeen'>;

let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
});
/** No phone number, and nothing of the text. */
afterEach(() => expect(JSON.stringify(lines)).not.toMatch(/(202555|155501)\d{4}|see you|parcel/));

function logAt(level: LogLevel) {
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return createIdentifierLog(createLogger({ level, name: 'test', destination }));
}

/** What was logged, without what every line has. */
const logged = () =>
  lines.map(({ level, name, time, pid, hostname, ...fields }) => {
    expect([level, name, time, pid, hostname]).not.toContain(undefined);
    return fields;
  });

test.each([
  ['info', ['created', 'received']],
  ['debug', ['created', 'received', 'used']],
  ['warn', []],
] as const)('at level %s one sees the identifiers that were %j', (level, seen) => {
  const log = logAt(level);
  const conversationSid = newSid('CH');
  log.created({ conversationSid }, 'made');
  log.received({ conversationSid }, 'came');
  log.used({ conversationSid }, 'used');
  expect(logged().map(({ identifiers }) => identifiers)).toEqual(seen);
});

describe('at Twilio', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startTwilio();
  });
  afterAll(() => simulator.stop());

  const gateway = () => {
    const options = { log: logAt('debug'), currentMessageId: () => KEY.messageId };
    const plain = createTwilioGateway({ ...ACCOUNT, baseUrl: simulator.url, onMade: loggingMade(options) });
    return loggingGateway(plain, options);
  };

  test('the conversation that is made, the participant and the message are logged with the message of ours', async () => {
    const { conversationSid, participantSid } = await gateway().openConversation(PAIR);
    const messageSid = await gateway().createMessage(conversationSid, KEY, TEXT);
    const { messageId } = KEY;
    expect(logged()).toEqual([
      { identifiers: 'created', messageId, conversationSid, msg: 'a conversation was made at Twilio' },
      { identifiers: 'created', messageId, conversationSid, participantSid, msg: 'a participant was added at Twilio' },
      { identifiers: 'used', messageId, conversationSid, participantSid, msg: 'a conversation is open for a message' },
      { identifiers: 'created', ...KEY, conversationSid, messageSid, msg: 'a message was made at Twilio' },
    ]);

    lines = [];
    await gateway().openConversation(PAIR);
    expect(logged()).toEqual([
      { identifiers: 'used', messageId, conversationSid, participantSid, msg: 'a conversation is open for a message' },
    ]);
  });

  test('what is looked for, read and polled is logged with its conversation', async () => {
    const { conversationSid, participantSid } = await gateway().openConversation(PAIR);
    const messageSid = await gateway().createMessage(conversationSid, { ...KEY, attempt: 2 }, TEXT);
    lines = [];
    await gateway().findMessage(conversationSid, { ...KEY, attempt: 2 });
    await gateway().findMessage(conversationSid, { ...KEY, attempt: 3 });
    await gateway().readReceipts(conversationSid, messageSid);
    await gateway().readConversation(conversationSid);
    await gateway().undecidedMessages(conversationSid);
    const { messageId } = KEY;
    expect(logged()).toMatchObject([
      { identifiers: 'received', messageId, attempt: 2, conversationSid, messageSid },
      { identifiers: 'used', messageId, attempt: 3, conversationSid },
      { identifiers: 'used', messageId, conversationSid, messageSid },
      { identifiers: 'used', messageId, conversationSid, participantSid },
      { identifiers: 'used', conversationSid },
    ]);
  });
});

test('a message is logged when it is accepted, put into a conversation, made and seen', async () => {
  const message = newMessage();
  const created = newCreated();
  const store: Messages = {
    accept: () => Promise.resolve({ kind: 'accepted' }),
    beginAttempt: () => Promise.resolve({ startedAt: '2026-01-01T00:00:00.000Z', conversation: created }),
    recordCreated: () => Promise.resolve([]),
    recordSeen: () => Promise.resolve([]),
  };
  const messages = loggingMessages(store, logAt('debug'));
  await messages.accept(message);
  await messages.beginAttempt(message, newAttempt());
  await messages.recordCreated(message.messageId, 1, created);
  const { conversationSid, messageSid } = created;
  await messages.recordSeen([{ messageId: message.messageId, attempt: 1, conversationSid, messageSid }]);
  const { messageId, workflowId } = message;
  expect(logged()).toMatchObject([
    { identifiers: 'created', messageId, workflowId },
    { identifiers: 'used', messageId, attempt: 1, conversationSid, participantSid: created.participantSid },
    { identifiers: 'used', messageId, attempt: 1, ...created },
    { identifiers: 'used', messageId, attempt: 1, conversationSid, messageSid },
  ]);
});

test('a message that was accepted before is not created again', async () => {
  const replayed = { kind: 'replayed', status: 'sending', isStarted: true } as const;
  const store: Messages = { ...NOTHING, accept: () => Promise.resolve(replayed) };
  await loggingMessages(store, logAt('debug')).accept(newMessage());
  expect(logged()).toEqual([]);
});

test('a receipt that was polled is logged with its message, one of a webhook is not logged twice', async () => {
  const created = newCreated();
  const receipt = newReceipt(created, { source: 'poll' });
  const match = { messageId: 'msg_1', attempt: 1 };
  const store: Pick<InboxStore, 'store'> = { store: () => Promise.resolve({ isNew: true, event: {}, match } as never) };
  const inbox = loggingReceipts(store, logAt('info'));
  await inbox.store(receipt);
  await inbox.store({ ...receipt, source: 'webhook' });
  const { channelMessageSid, deliveryReceiptSid } = receipt;
  expect(logged()).toMatchObject([
    { identifiers: 'received', ...match, ...created, deliveryReceiptSid, channelMessageSid },
  ]);
});

test('a webhook is logged with all that it names, and nothing of one that anybody could have sent', () => {
  const noted: unknown[] = [];
  const tracer = loggingWebhooks({ note: (trace) => void noted.push(trace) }, logAt('info'));
  const receipt = newReceipt(newCreated());
  const { channelMessageSid, conversationSid, deliveryReceiptSid, messageSid, participantSid } = receipt;
  const twilioSids = { channelMessageSid, conversationSid, deliveryReceiptSid, messageSid, participantSid };
  const trace = { receivedAt: receipt.at, endpoint: 'conversations', count: 1 } as const;
  tracer.note({
    ...trace,
    verdict: 'accepted',
    effect: 'receipt_stored',
    messageId: 'msg_1',
    ...withoutAbsent(twilioSids),
  });
  tracer.note({ ...trace, verdict: 'refused_signature', effect: 'nothing', reason: 'mismatch' });
  expect(logged()).toEqual([
    { identifiers: 'received', messageId: 'msg_1', ...twilioSids, msg: 'a webhook came: accepted' },
  ]);
  expect(noted).toHaveLength(2);
});

test('callbacks and messages to single participants are logged with the message that they come of', async () => {
  const log = logAt('debug');
  const callback = { callbackId: 'evt_1', messageId: 'msg_1', tenant: 'acme' };
  const announced: unknown[] = [];
  await loggingAnnounced((written) => Promise.resolve(void announced.push(...written)), log)([callback]);
  const callbacks: Pick<CallbackStore, 'findUntold'> = {
    findUntold: () => Promise.resolve({ ...callback, url: 'https://example.com/?secret=1' } as never),
  };
  await loggingCallbacks(callbacks, log).findUntold('evt_1');
  const participantSid = newSid('MB');
  const child = { messageId: 'msg_2', workflowId: 'deliver-msg_2' };
  const fanOut: Pick<FanOutStore, 'openChild'> = { openChild: () => Promise.resolve(child as never) };
  await loggingFanOut(fanOut, log).openChild({ childOf: { participantSid } } as never);
  expect(announced).toEqual([callback]);
  expect(logged()).toMatchObject([
    { identifiers: 'created', callbackId: 'evt_1', messageId: 'msg_1' },
    { identifiers: 'used', callbackId: 'evt_1', messageId: 'msg_1' },
    { identifiers: 'created', ...child, participantSid },
  ]);
  expect(JSON.stringify(lines)).not.toContain('secret');
});

const NOTHING: Messages = {
  accept: () => Promise.reject(new Error('not called')),
  beginAttempt: () => Promise.reject(new Error('not called')),
  recordCreated: () => Promise.reject(new Error('not called')),
  recordSeen: () => Promise.reject(new Error('not called')),
};

function withoutAbsent<Fields extends object>(fields: Fields): { [Name in keyof Fields]: NonNullable<Fields[Name]> } {
  return fields as { [Name in keyof Fields]: NonNullable<Fields[Name]> };
}
