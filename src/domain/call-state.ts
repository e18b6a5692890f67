import { type CallEvent, type CallStatusEvent, type KeyAnswer, KEY_ANSWERS } from './call-event';

/**
 * Rank of each status; the highest that was told wins, in whatever order the callbacks came. Ends share a rank.
 * Source: https://www.twilio.com/docs/voice/api/call-resource#call-status-values
 */
const RANK = {
  queued: 1,
  initiated: 2,
  ringing: 3,
  'in-progress': 4,
  completed: 5,
  busy: 5,
  'no-answer': 5,
  failed: 5,
  canceled: 5,
} as const;

export type CallStatus = keyof typeof RANK;

/** What all events about one call add up to. */
export interface CallState {
  /** The latest status that is known, with the details that it was told with. */
  readonly latest?: Omit<CallStatusEvent, 'status'> & { readonly status: CallStatus };
  /** Who answered, by machine detection: Twilio's word. */
  readonly answeredBy?: string;
  /** What was said by keys, in the order of `KEY_ANSWERS`. */
  readonly answers: readonly KeyAnswer[];
  /** Whether a key was pressed at all, a wrong one included: machines press none. */
  readonly wasKeyPressed: boolean;
  /** Set once somebody was dialled and it came to an end: whether the dialled side took it. Taken once is taken. */
  readonly wasPutThrough?: boolean;
}

/** Nothing heard yet. */
export const NO_CALL_NEWS: CallState = { answers: [], wasKeyPressed: false };

/**
 * What a call came to.
 * - `pending`: it is still going on, and nobody has said anything by a key
 * - `opted_out`, `acknowledged`, `wants_person`: a key says so; in this order, if there were several
 * - `put_through`: as `wants_person`, and the person who was dialled took it
 * - `answered`: it is over, and a person took it: machine detection says so, or a key that means nothing
 * - `voicemail`: it is over, and machine detection says that a machine or a fax took it
 * - `unproved`: it was taken and is over, and nothing proves by whom
 * - `busy`, `no_answer`, `failed`, `canceled`: nobody took it
 */
export type CallVerdict =
  | 'pending'
  | 'opted_out'
  | 'acknowledged'
  | 'put_through'
  | 'wants_person'
  | 'answered'
  | 'voicemail'
  | 'unproved'
  | 'busy'
  | 'no_answer'
  | 'failed'
  | 'canceled';

/** Whether the word is a status that posthorn knows. */
export function isCallStatus(word: string): word is CallStatus {
  return Object.hasOwn(RANK, word);
}

/** Whether a call with the status is over. */
export function isEndOfCall(status: string): boolean {
  return isCallStatus(status) && RANK[status] === RANK.completed;
}

/**
 * Takes one event into the state. Commutative, associative and idempotent: the result depends on the set of events, not on their
 * order or number. A call that has ended never rings again, whatever comes late; among statuses of one rank the one with the
 * higher SequenceNumber counts.
 */
export function advanceCallState(state: CallState, event: CallEvent): CallState {
  switch (event.kind) {
    case 'status': {
      const heard = withAnswerer(state, event.answeredBy);
      const { status } = event;
      if (!isCallStatus(status) || (state.latest !== undefined && !isLater(event, state.latest))) {
        return heard;
      }
      return { ...heard, latest: { ...event, status } };
    }
    case 'answered_by':
      return withAnswerer(state, event.answeredBy);
    case 'key': {
      const { key } = event;
      const answers = KEY_ANSWERS.filter((answer) => answer === key || state.answers.includes(answer));
      return { ...state, answers, wasKeyPressed: true };
    }
    case 'dialled':
      return { ...state, wasPutThrough: state.wasPutThrough === true || event.wasTaken };
  }
}

/** What the call came to, as far as it is known. */
export function callVerdict({ latest, answeredBy, answers, wasKeyPressed, wasPutThrough }: CallState): CallVerdict {
  if (answers.includes('opt_out')) {
    return 'opted_out';
  }
  if (answers.includes('acknowledge')) {
    return 'acknowledged';
  }
  if (wasPutThrough === true) {
    return 'put_through';
  }
  if (answers.includes('person')) {
    return 'wants_person';
  }
  switch (latest?.status) {
    case 'completed':
      return wasKeyPressed ? 'answered' : takenBy(answeredBy);
    case 'no-answer':
      return 'no_answer';
    case 'busy':
    case 'failed':
    case 'canceled':
      return latest.status;
    case 'queued':
    case 'initiated':
    case 'ringing':
    case 'in-progress':
    case undefined:
      return 'pending';
  }
}

/** Whether whoever took the call waits for the person who is dialled, or speaks with them. */
export function isBeingPutThrough(state: CallState): boolean {
  const { latest, wasPutThrough } = state;
  const isOver = latest !== undefined && isEndOfCall(latest.status);
  return callVerdict(state) === 'wants_person' && wasPutThrough === undefined && !isOver;
}

/** Whether machine detection's word means that no person is on the line. Source: https://www.twilio.com/docs/voice/answering-machine-detection */
export function isMachine(answeredBy: string): boolean {
  return answeredBy === 'fax' || answeredBy.startsWith('machine_');
}

/** `completed` alone proves nothing: a machine completes calls too. */
function takenBy(answeredBy: string | undefined): CallVerdict {
  if (answeredBy === undefined) {
    return 'unproved';
  }
  if (isMachine(answeredBy)) {
    return 'voicemail';
  }
  return answeredBy === 'human' ? 'answered' : 'unproved';
}

/** Of two words of machine detection the one that proves less of a person counts, so that the order of telling does not. */
function withAnswerer(state: CallState, heard: string | undefined): CallState {
  const { answeredBy } = state;
  if (heard === undefined || (answeredBy !== undefined && !outweighs(heard, answeredBy))) {
    return state;
  }
  return { ...state, answeredBy: heard };
}

function outweighs(heard: string, known: string): boolean {
  const difference = weightOf(heard) - weightOf(known);
  return difference > 0 || (difference === 0 && heard > known);
}

function weightOf(answeredBy: string): number {
  if (isMachine(answeredBy)) {
    return 2;
  }
  return answeredBy === 'human' ? 1 : 0;
}

/** A total order, so that the fold finds the same latest status in any order. */
function isLater(event: CallStatusEvent, known: CallStatusEvent): boolean {
  const left = orderOf(event);
  const right = orderOf(known);
  const place = left.findIndex((part, index) => part !== right[index]);
  const [mine, theirs] = [left[place], right[place]];
  return mine !== undefined && theirs !== undefined && mine > theirs;
}

/** Rank first; what follows only makes equals comparable. A status that was read has no number and comes before those with one. */
function orderOf(event: CallStatusEvent): (string | number)[] {
  const { status, sequence = -1, at, eventId, callSid, answeredBy = '' } = event;
  const { durationSeconds = -1, sipResponseCode = -1 } = event;
  const rank = isCallStatus(status) ? RANK[status] : 0;
  return [rank, sequence, at, status, durationSeconds, sipResponseCode, eventId, callSid, answeredBy];
}
