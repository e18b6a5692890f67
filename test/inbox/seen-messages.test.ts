import { type InboxStore } from '../../src/database/inbox-store';
import { type SeenMessage } from '../../src/database/message-store';
import { createSeenMessages, type SeenMessages, type SeenMessagesOptions } from '../../src/inbox/seen-messages';
import { createLogger } from '../../src/telemetry/logger';
import { newCreated, newReceipt, RECIPIENT, SENDER } from '../support/database-fixtures';
import { until } from '../support/until';

const QUICK: SeenMessagesOptions = { graceMs: 20, mostKept: 3 };
const MATCH = {
  messageId: 'msg_1',
  workflowId: 'deliver-msg_1',
  tenant: 'acme',
  attempt: 1,
  channel: 'sms',
  sender: SENDER,
  recipient: RECIPIENT,
  category: 'notification',
} as const;

let failures: Error[];
let stored: string[][];
/** Messages that have ended, and those whose outcome was asked to be corrected. */
let ended: string[];
let corrected: string[];
let started: SeenMessages;
beforeEach(() => {
  failures = [];
  stored = [];
  ended = [];
  corrected = [];
});
afterEach(() => started.stop());

function start(options: SeenMessagesOptions): SeenMessages {
  const recordSeen = (seen: readonly SeenMessage[]): Promise<string[]> => {
    const failure = failures.shift();
    if (failure !== undefined) {
      return Promise.reject(failure);
    }
    if (seen.length > 0) {
      stored.push(seen.map(({ messageId }) => messageId));
    }
    return Promise.resolve(ended);
  };
  const correctOutcome = (messageId: string): Promise<undefined> => {
    corrected.push(messageId);
    return Promise.resolve(undefined);
  };
  const logger = createLogger({ level: 'silent', name: 'test' });
  started = createSeenMessages({ messages: { recordSeen }, correctOutcome, logger }, options);
  return started;
}

const seenMessage = (messageId: string): SeenMessage => ({ messageId, attempt: 1, ...newCreated() });

test('what is seen is stored after a while, once', async () => {
  const seenMessages = start(QUICK);
  seenMessages.note(seenMessage('a'));
  seenMessages.note(seenMessage('b'));
  await until('both', () => stored.flat().length === 2);
  await seenMessages.stop();
  expect(stored.flat()).toEqual(['a', 'b']);
});

test('what is due at one time is stored together', async () => {
  const seenMessages = start({ ...QUICK, graceMs: 60_000 });
  seenMessages.note(seenMessage('a'));
  seenMessages.note(seenMessage('b'));
  await seenMessages.stop();
  expect(stored).toEqual([['a', 'b']]);
});

test('what a receipt shows to be known is never stored; of an unknown attempt it shows nothing', async () => {
  const seenMessages = start({ ...QUICK, graceMs: 60_000 });
  const [known, unknown] = [newCreated(), newCreated()];
  const store: InboxStore['store'] = ({ messageSid, status, at }) =>
    Promise.resolve({
      event: { eventId: 'event', messageSid, status, at },
      isNew: true,
      ...(messageSid === known.messageSid && { match: MATCH }),
    });
  seenMessages.note({ messageId: 'known', attempt: 1, ...known });
  seenMessages.note({ messageId: 'unknown', attempt: 1, ...unknown });
  const inbox = seenMessages.watch({ store });
  await inbox.store(newReceipt(known));
  await inbox.store(newReceipt(unknown));
  await seenMessages.stop();
  expect(stored).toEqual([['unknown']]);
});

test('while the database is away, it is kept and stored later', async () => {
  failures = [new Error('away'), new Error('still away')];
  start(QUICK).note(seenMessage('a'));
  await until('the statement', () => stored.length > 0);
  expect(stored).toEqual([['a']]);
});

test('memory is bounded: the oldest go', async () => {
  const seenMessages = start({ ...QUICK, graceMs: 60_000 });
  ['a', 'b', 'c', 'd'].forEach((messageId) => seenMessages.note(seenMessage(messageId)));
  await seenMessages.stop();
  expect(stored).toEqual([['b', 'c', 'd']]);
});

test('of messages that had ended, the outcome is corrected; of others it is not asked for', async () => {
  ended = ['b'];
  const seenMessages = start(QUICK);
  ['a', 'b'].forEach((messageId) => seenMessages.note(seenMessage(messageId)));
  await seenMessages.stop();
  expect(corrected).toEqual(['b']);
});
