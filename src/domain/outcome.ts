import { canonicalJson } from './canonical-json';
import { type AttemptChannel, type StepChannel } from './channel';
import { type DeadCause } from './dead-letter';
import { type ErrorClass } from './error-class';
import { type ParticipantSid } from './sid';

/** How a message can end. Every accepted request ends in exactly one of them. */
export const OUTCOME_KINDS = [
  'delivered',
  'read',
  'acknowledged',
  'opted_out',
  'undeliverable',
  'failed',
  'expired',
  'canceled',
  'unconfirmed',
  'ambiguous',
  'partly_delivered',
  'suppressed',
] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** The end of a message, with all that a person needs to understand it. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly channel: StepChannel | AttemptChannel;
  /** Number of the attempt that decided, counted over all steps from 1; 0 when none was made. */
  readonly attempt: number;
  readonly errorCode?: number;
  readonly errorClass?: ErrorClass;
  /** Present when it ended so for a reason of ours: once that is mended, the message can be redriven. */
  readonly dead?: DeadCause;
  /** In words, without addresses or texts. */
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
  /** Of a message into a conversation: the participants that it did not reach, by their SIDs. */
  readonly unreached?: readonly UnreachedParticipant[];
}

/** A participant of a conversation whom neither the message nor a child of it has reached. */
export interface UnreachedParticipant {
  readonly participantSid: ParticipantSid;
  readonly kind: OutcomeKind;
  readonly errorCode?: number;
}

/** How a message into a conversation ended. */
export interface FanOutEnd {
  readonly outcome: OutcomeKind;
  /** The error that kept the message from everybody whom it did not reach, when it was one and the same. */
  readonly errorCode?: number;
  readonly errorClass?: ErrorClass;
  /** In words, without addresses or texts. */
  readonly reason: string;
  /** In the order of their SIDs. */
  readonly unreached: readonly UnreachedParticipant[];
}

/** Whether two outcomes say the same in every part. */
export function isSameOutcome(a: Outcome, b: Outcome): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
