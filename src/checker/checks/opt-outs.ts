import { type LogRecipient } from '../../simulator/logs/log-entry';
import { type AttemptKey } from '../attempt-key';
import { attemptName, type MessageEvidence, type OptOutEvidence } from '../evidence';
import { groupBy } from '../group-by';
import { type Create, type LogFacts } from '../log-facts';
import { type Violation } from '../violation';
import { type Case } from './case';

/**
 * All clocks are those of one machine, but Postgres says only when a statement's transaction began, not when it was committed:
 * one that began within this time before a send may have been committed after it.
 */
const COMMITTED_WITHIN_MS = 1_000;

/**
 * Between the question whether the recipient has opted out and the arrival of the request at Twilio lies at most this.
 * It counts for creates that were tried again: for the first one it is known when the attempt began.
 */
const SENT_WITHIN_MS = 5_000;

/** Times in the database and in the log are rounded to milliseconds, one up and one down. */
const ROUNDING_MS = 2;

/**
 * Nothing was sent to a recipient after an opt-out in that scope was committed. Left out are messages whose request says that
 * they go to everybody in a conversation all the same; and the confirmation of a word is not held back by that very word.
 */
export function checkOptOuts(theCase: Case): Violation[] {
  const stopBefore = stopFinder(theCase);
  return theCase.log.creates.flatMap((create) => {
    const message = theCase.messages.get(create.key?.messageId ?? '');
    if (message === undefined || message.sendsToOptedOut) {
      return [];
    }
    return create.recipients.flatMap((recipient) => {
      const stop = stopBefore(create, recipient, message);
      return stop === undefined ? [] : [violationOf(create, recipient, stop)];
    });
  });
}

/** Something that Twilio was asked for. */
interface Asked {
  readonly key: AttemptKey | undefined;
  readonly requestedAtMs: number;
}

/** Whom it was to reach, and how. Addresses are hashes. */
interface Reached {
  readonly address: string;
  readonly proxyAddress: string;
  readonly channel: string;
}

/** Finds the stop that should have kept something from being sent. */
export function stopFinder(
  theCase: Case,
): (asked: Asked, reached: Reached, message: MessageEvidence) => OptOutEvidence | undefined {
  const statements = groupBy(theCase.evidence.optOuts, ({ address }) => address);
  return (asked, reached, message) => {
    const covering = (statements.get(reached.address) ?? []).filter((entry) => covers(entry, reached, message));
    return covering.find((entry) => entry.isStop && heldAt(theCase, asked, entry, covering));
  };
}

function covers(
  { category, channel, evidence, sender }: OptOutEvidence,
  recipient: Reached,
  message: MessageEvidence,
): boolean {
  return (
    (sender === undefined || sender === recipient.proxyAddress) &&
    (channel === undefined || channel === recipient.channel) &&
    (category === undefined || category === message.category) &&
    evidence !== message.answers
  );
}

/** Whether the stop was committed before the send began, and nothing had lifted it by the time of the request. */
function heldAt(theCase: Case, asked: Asked, stop: OptOutEvidence, covering: readonly OptOutEvidence[]): boolean {
  const { requestedAtMs } = asked;
  const isLifted = covering.some(
    (entry) =>
      !entry.isStop && isAsNarrow(entry, stop) && entry.recordedAtMs <= requestedAtMs && entry.atMs > stop.atMs,
  );
  return !isLifted && committedByMs(theCase.log, stop) < sendBeganMs(theCase, asked);
}

/** A word that covers the same message takes back only what is as wide as itself or wider. */
function isAsNarrow(start: OptOutEvidence, stop: OptOutEvidence): boolean {
  return (
    (start.sender !== undefined || stop.sender === undefined) &&
    (start.channel !== undefined || stop.channel === undefined) &&
    (start.category !== undefined || stop.category === undefined)
  );
}

/** The latest time at which it can have been committed. A word of a person is on disk before its webhook is answered. */
function committedByMs({ answeredAtMs }: LogFacts, { evidence, recordedAtMs }: OptOutEvidence): number {
  const answered = answeredAtMs.get(evidence);
  return answered !== undefined && answered >= recordedAtMs ? answered : recordedAtMs + COMMITTED_WITHIN_MS;
}

/** The earliest time at which it can have been asked whether the message may be sent. */
function sendBeganMs({ attempts }: Case, { key, requestedAtMs }: Asked): number {
  const attempt = key === undefined ? undefined : attempts.get(attemptName(key.messageId, key.attempt));
  return Math.max(requestedAtMs - SENT_WITHIN_MS, (attempt?.startedAtMs ?? 0) - ROUNDING_MS);
}

function violationOf(create: Create, recipient: LogRecipient, stop: OptOutEvidence): Violation {
  const { conversationSid, key, messageSid, requestedAtMs } = create;
  return {
    kind: 'sent_after_opt_out',
    ...(key === undefined ? {} : { messageId: key.messageId, attempt: key.attempt }),
    messageSid,
    conversationSid,
    participantSid: recipient.participantSid,
    expected: `nothing sent after ${nameOf(stop)}`,
    found: `a message that was asked for at ${isoTime(requestedAtMs)}`,
  };
}

/** A statement of the ledger, in words. */
export function nameOf({ recordedAtMs, statementId }: OptOutEvidence): string {
  return `statement ${statementId} of ${isoTime(recordedAtMs)}`;
}

function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
