import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createPollQuietAttempts } from '../../activities/poll-quiet-attempts';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type MessageSid } from '../../src/domain/sid';
import { type ReceiptSnapshot } from '../../src/twilio/gateway';
import { TwilioError } from '../../src/twilio/twilio-error';
import { newCreated, newSid } from '../support/database-fixtures';

/** What Twilio says of an attempt: the status of its receipt, or an error. */
type Word = string | TwilioError;

/** Sweeps attempts about which Twilio has these words; `known` are statuses that a webhook told before. */
async function sweep(words: readonly Word[], known: readonly string[] = []) {
  const attempts = words.map((word) => ({ ...newCreated(), word }));
  const asked: Record<string, number>[] = [];
  const polled: MessageSid[] = [];
  const rooms: number[] = [];
  const poll = createPollQuietAttempts({
    sweep: {
      quietAttempts: ({ limit, pauseMs }) => {
        asked.push({ limit, pauseMs });
        return Promise.resolve(attempts);
      },
      recordPolled: (messageSids) => {
        polled.push(...messageSids);
        return Promise.resolve();
      },
      lateMessages: (late) => {
        rooms.push(late);
        return Promise.resolve([]);
      },
      recordLateReads: () => Promise.resolve(),
    },
    gateway: {
      findMessage: () => Promise.reject(new Error('every attempt has a SID')),
      undecidedMessages: () => Promise.reject(new Error('every attempt has a conversation of its own')),
      readReceipts: (conversationSid, messageSid) => {
        const attempt = attempts.find((candidate) => candidate.messageSid === messageSid);
        if (attempt === undefined) {
          return Promise.reject(new Error('asked for another message'));
        }
        if (attempt.word instanceof TwilioError) {
          return Promise.reject(attempt.word);
        }
        const { participantSid, word: status } = attempt;
        const snapshot: ReceiptSnapshot = {
          ...{ conversationSid, messageSid, participantSid, status },
          deliveryReceiptSid: newSid('DY'),
          updatedAt: '2026-01-02T03:04:05.000Z',
        };
        return Promise.resolve([snapshot]);
      },
    },
    inbox: {
      store: ({ messageSid, status, at }) =>
        Promise.resolve({
          event: { eventId: `${messageSid}:${status}`, messageSid, status, at },
          isNew: !known.includes(status),
        }),
    },
    markAddress: () => Promise.resolve(),
    messages: { recordSeen: () => Promise.reject(new Error('every SID is known')) },
    correctOutcome: () => Promise.resolve(undefined),
    optOutCodes: DEFAULT_OPT_OUT_CODES,
    receiptQuietAfterMs: 120_000,
    pollPace: { lanes: 1, everyMs: 0 },
  });
  const result = new MockActivityEnvironment().run(poll, { limit: 5 });
  const failure = await result.then(
    () => undefined,
    (error: unknown) => error,
  );
  const indexes = polled.map((messageSid) => attempts.findIndex((attempt) => attempt.messageSid === messageSid));
  return { asked, failure, rooms, polled: indexes, ...(failure === undefined ? { result: await result } : {}) };
}

const twilioError = (details: Omit<ConstructorParameters<typeof TwilioError>[0], 'operation'>): TwilioError =>
  new TwilioError({ operation: 'list receipts', ...details });

it('counts what is new, and what of it decides', async () => {
  await expect(sweep(['sent', 'delivered', 'undelivered', 'read'], ['sent'])).resolves.toEqual({
    asked: [{ limit: 5, pauseMs: 120_000 }],
    failure: undefined,
    rooms: [1],
    polled: [0, 1, 2, 3],
    result: { polled: 4, unreadable: 0, found: 3, deciding: 3 },
  });
});

it('passes over a message that Twilio no longer has, and does not ask about it again at once', async () => {
  const gone = twilioError({ fault: 'refused', status: 404, code: 20404 });
  await expect(sweep([gone, 'delivered'])).resolves.toMatchObject({
    polled: [0, 1],
    result: { polled: 2, unreadable: 1, found: 1 },
  });
});

it.each([
  ['Twilio is out of reach', twilioError({ fault: 'unreachable' }), undefined],
  ['there are too many requests', twilioError({ fault: 'rate_limited', status: 429, retryAfterMs: 7_000 }), 7_000],
  ['the key is refused', twilioError({ fault: 'refused', status: 401, code: 20003 }), undefined],
])('ends early when %s; what was read until then counts', async (_, error, nextRetryDelay) => {
  const { failure, polled } = await sweep(['delivered', error, 'delivered']);
  expect(polled).toEqual([0]);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect(failure).toMatchObject({ nonRetryable: false, nextRetryDelay });
});

it('leaves what has ended for later while there is enough that is open', async () => {
  await expect(sweep(['sent', 'sent', 'sent', 'sent', 'sent'])).resolves.toMatchObject({
    polled: [0, 1, 2, 3, 4],
    rooms: [],
  });
});
