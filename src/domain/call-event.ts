import { type CallSid } from './sid';

/** What a person can say by a key. */
export const KEY_ANSWERS = ['acknowledge', 'opt_out', 'person'] as const;
export type KeyAnswer = (typeof KEY_ANSWERS)[number];

/** The key of each answer. */
export const ANSWER_KEYS: Readonly<Record<KeyAnswer, string>> = { acknowledge: '1', opt_out: '2', person: '9' };

/** What was pressed: an answer that the call offered, or anything else. */
export type PressedKey = KeyAnswer | 'other';

/** The answer that a pressed key stands for, among those that were offered. */
export function pressedKey(digits: string, offered: readonly KeyAnswer[]): PressedKey {
  return offered.find((answer) => ANSWER_KEYS[answer] === digits) ?? 'other';
}

interface CallEventBase {
  /** The same event has the same id however often it is told. */
  readonly eventId: string;
  readonly callSid: CallSid;
  /** When Twilio says that it happened, or else when it was heard: ISO 8601 in UTC with milliseconds. */
  readonly at: string;
}

/** The status of a call, told by a callback or read from Twilio's API. */
export interface CallStatusEvent extends CallEventBase {
  readonly kind: 'status';
  /** Twilio's word; words that posthorn does not know are kept as they are and decide nothing. */
  readonly status: string;
  /** Which callback of the call it is, from 0; a status that was read has none. */
  readonly sequence?: number;
  readonly answeredBy?: string;
  readonly durationSeconds?: number;
  readonly sipResponseCode?: number;
}

/** What asynchronous machine detection found. */
export interface CallAnsweredByEvent extends CallEventBase {
  readonly kind: 'answered_by';
  /** Twilio's word. */
  readonly answeredBy: string;
}

/** A key that was pressed. */
export interface CallKeyEvent extends CallEventBase {
  readonly kind: 'key';
  readonly key: PressedKey;
}

/** Somebody was dialled for whoever took the call, and it has come to an end. */
export interface CallDialledEvent extends CallEventBase {
  readonly kind: 'dialled';
  /** Whether the dialled side took it. */
  readonly wasTaken: boolean;
}

/** One thing that is known about a call: never a number, never a text, never more of a key than what it stands for. */
export type CallEvent = CallStatusEvent | CallAnsweredByEvent | CallKeyEvent | CallDialledEvent;
