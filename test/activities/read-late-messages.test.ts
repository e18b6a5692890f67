import { MockActivityEnvironment } from '@temporalio/testing';
import { type ReadTally } from '../../activities/read-attempts';
import { readLateMessages, type ReadLateMessagesDependencies } from '../../activities/read-late-messages';
import { type SeenMessage } from '../../src/database/message-store';
import { type LateAttempt, type LateMessage } from '../../src/database/sweep-store';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type ConversationSid } from '../../src/domain/sid';
import { TwilioError } from '../../src/twilio/twilio-error';
import { newCreated, newSid } from '../support/database-fixtures';

const STARTED_AT = '2026-01-02T03:04:05.000Z';

/** An attempt that Twilio has, or of which nobody knows whether it does. */
function lateAttempt(attempt: number, isSidKnown: boolean): LateAttempt {
  const { conversationSid, messageSid } = newCreated();
  return { attempt, conversationSid, startedAt: STARTED_AT, ...(isSidKnown && { messageSid }) };
}

const lateMessage = (messageId: string, ...attempts: LateAttempt[]): LateMessage => ({
  messageId,
  sinceCloseMs: 600_000,
  attempts,
});

/** Reads late messages; `broken` are conversations of which Twilio shows nothing, each with its error. */
async function read(
  late: readonly LateMessage[],
  broken: ReadonlyMap<ConversationSid, TwilioError> = new Map(),
  searched = newSid('IM'),
) {
  const log = { seen: [] as SeenMessage[], corrected: [] as string[], done: [] as string[] };
  const tally: ReadTally = { polled: [], statuses: [], unreadable: 0 };
  const orBroken = <Result>(conversationSid: ConversationSid, result: Result): Promise<Result> => {
    const error = broken.get(conversationSid);
    return error === undefined ? Promise.resolve(result) : Promise.reject(error);
  };
  const deps: ReadLateMessagesDependencies = {
    gateway: {
      undecidedMessages: () => Promise.reject(new Error('late messages are read one by one')),
      findMessage: (conversationSid) => orBroken(conversationSid, searched),
      readReceipts: (conversationSid, messageSid) =>
        orBroken(conversationSid, [
          {
            ...{ conversationSid, messageSid, status: 'delivered', updatedAt: STARTED_AT },
            deliveryReceiptSid: newSid('DY'),
            participantSid: newSid('MB'),
          },
        ]),
    },
    inbox: {
      store: ({ messageSid, status, at }) =>
        Promise.resolve({ event: { eventId: messageSid, messageSid, status, at }, isNew: true }),
    },
    messages: {
      recordSeen: (seen) => {
        log.seen.push(...seen);
        return Promise.resolve([]);
      },
    },
    sweep: {
      lateMessages: (limit) => Promise.resolve(late.slice(0, limit)),
      recordLateReads: (messages) => {
        log.done.push(...messages.map(({ messageId }) => messageId));
        return Promise.resolve();
      },
    },
    correctOutcome: (messageId) => {
      log.corrected.push(messageId);
      return Promise.resolve(undefined);
    },
    markAddress: () => Promise.resolve(),
    optOutCodes: DEFAULT_OPT_OUT_CODES,
    pollPace: { lanes: 1, everyMs: 0 },
  };
  const reading = new MockActivityEnvironment().run(() => readLateMessages(deps, 10, tally));
  const failure = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  return { ...log, failure, tally };
}

const refused = new TwilioError({ operation: 'list messages', fault: 'refused', status: 404, code: 20404 });

it('reads every attempt that is undecided, and corrects the outcome', async () => {
  const attempts = [lateAttempt(1, true), lateAttempt(2, true)];
  const { corrected, done, seen, tally } = await read([lateMessage('msg_1', ...attempts)]);
  expect(tally).toEqual({
    polled: attempts.map(({ messageSid }) => messageSid),
    statuses: ['delivered', 'delivered'],
    unreadable: 0,
  });
  expect({ corrected, done, seen }).toEqual({ corrected: ['msg_1'], done: ['msg_1'], seen: [] });
});

it('looks for the message of an attempt whose SID nobody knows, stores the SID and reads its receipts', async () => {
  const attempt = lateAttempt(3, false);
  const messageSid = newSid('IM');
  const { seen, tally } = await read([lateMessage('msg_1', attempt)], new Map(), messageSid);
  const { conversationSid } = attempt;
  expect(seen).toEqual([{ messageId: 'msg_1', attempt: 3, conversationSid, messageSid }]);
  expect(tally.polled).toEqual([messageSid]);
});

it.each([
  ['Twilio no longer has it', refused],
  ['the search was given up', new TwilioError({ operation: 'find message', fault: 'ambiguous' })],
])('goes on when %s', async (_what, error) => {
  const gone = lateAttempt(1, false);
  const { done, failure, seen } = await read(
    [lateMessage('msg_1', gone), lateMessage('msg_2', lateAttempt(1, true))],
    new Map([[gone.conversationSid, error]]),
  );
  expect({ done, failure, seen }).toEqual({ done: ['msg_1', 'msg_2'], failure: undefined, seen: [] });
});

it('ends early when Twilio is out of reach; what was read until then counts', async () => {
  const unreached = lateAttempt(1, true);
  const error = new TwilioError({ operation: 'list receipts', fault: 'unreachable' });
  const late = [
    lateMessage('msg_1', lateAttempt(1, true)),
    lateMessage('msg_2', unreached),
    lateMessage('msg_3', lateAttempt(1, true)),
  ];
  const { done, failure } = await read(late, new Map([[unreached.conversationSid, error]]));
  expect(failure).toBe(error);
  expect(done).toEqual(['msg_1']);
});
