import { type AttemptEvidence, type CallbackEvidence, type CallerEvidence, type MessageEvidence } from '../evidence';
import { groupBy } from '../group-by';
import { type Violation } from '../violation';
import { type Case } from './case';

const SENT = 'message.sent';
const CORRECTED = 'message.outcome_corrected';

/** What is told while a message is on its way; every other `message.…` tells of its end. */
const ON_THE_WAY = new Set(['message.held', SENT, 'message.retrying', 'message.escalated', CORRECTED]);

/** Callers are told of every end, correction and send, and of none that was not; and what counts as taken was taken. */
export function checkCallbacks(theCase: Case): Violation[] {
  const { attempts, callbacks } = theCase.evidence;
  const attemptsOf = groupBy(attempts, ({ messageId }) => messageId);
  const toldOf = groupBy(callbacks, ({ messageId }) => messageId);
  return [
    ...theCase.covered.flatMap((message) =>
      checkTold(message, attemptsOf.get(message.messageId) ?? [], toldOf.get(message.messageId) ?? []),
    ),
    ...checkTaken(theCase),
  ];
}

function checkTold(
  message: MessageEvidence,
  attempts: readonly AttemptEvidence[],
  told: readonly CallbackEvidence[],
): Violation[] {
  const { caller, messageId, outcome } = message;
  if (caller === undefined) {
    return [];
  }
  const { corrections, redrives } = caller;
  const ends = (outcome === undefined ? 0 : 1) + redrives;
  const count = (isOfKind: (type: string) => boolean): number => told.filter(({ type }) => isOfKind(type)).length;
  return [
    ...compare(messageId, 'ends', ends, count(isEnd)),
    ...compare(
      messageId,
      'corrections',
      corrections,
      count((type) => type === CORRECTED),
    ),
    ...checkSends(
      messageId,
      attempts,
      count((type) => type === SENT),
    ),
    ...checkLastWord(message, caller, told),
  ];
}

function isEnd(type: string): boolean {
  return type.startsWith('message.') && !ON_THE_WAY.has(type);
}

function compare(messageId: string, what: string, happened: number, told: number): Violation[] {
  const expected = `${happened} callbacks that tell of ${what}`;
  return happened === told ? [] : [{ kind: kindOf(happened, told), messageId, expected, found: String(told) }];
}

function kindOf(happened: number, told: number): 'change_not_told' | 'told_without_change' {
  return told < happened ? 'change_not_told' : 'told_without_change';
}

/** Calls are told of in the same way, and have no message SID. */
function checkSends(messageId: string, attempts: readonly AttemptEvidence[], told: number): Violation[] {
  const sends = attempts.filter(({ messageSid }) => messageSid !== undefined).length;
  return told < sends ? compare(messageId, 'sends', sends, told) : [];
}

/** Without a correction the end that was told is the one on record. */
function checkLastWord(
  { messageId, outcome }: MessageEvidence,
  { corrections }: CallerEvidence,
  told: readonly CallbackEvidence[],
): Violation[] {
  const type = `message.${outcome?.kind ?? ''}`;
  const ends = told.map((callback) => callback.type).filter(isEnd);
  if (outcome === undefined || corrections > 0 || ends.length === 0 || ends.includes(type)) {
    return [];
  }
  return [{ kind: 'change_not_told', messageId, expected: `a callback ${type}`, found: ends.join(' and ') }];
}

function checkTaken({ evidence }: Case): Violation[] {
  const { callbacks, takenCallbackIds } = evidence;
  if (takenCallbackIds === undefined) {
    return [];
  }
  const known = new Set(callbacks.map(({ callbackId }) => callbackId));
  return [
    ...callbacks
      .filter(({ callbackId, status }) => status === 'delivered' && !takenCallbackIds.has(callbackId))
      .map(({ callbackId, messageId }) => ({
        kind: 'callback_not_taken' as const,
        messageId,
        expected: `callback ${callbackId} with the caller, as its status says`,
        found: 'the caller never took it',
      })),
    ...[...takenCallbackIds]
      .filter((callbackId) => !known.has(callbackId))
      .map((callbackId) => ({
        kind: 'told_without_change' as const,
        expected: `a row of callbacks for ${callbackId}, which the caller took`,
        found: 'none',
      })),
  ];
}
