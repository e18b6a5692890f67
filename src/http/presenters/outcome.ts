import { type ErrorClass } from '../../domain/error-class';
import { type Outcome, type OutcomeKind, type UnreachedParticipant } from '../../domain/outcome';

/** An outcome as the API shows it. */
export interface OutcomeView {
  readonly kind: OutcomeKind;
  readonly channel: string;
  readonly attempt: number;
  readonly errorCode: number | null;
  readonly errorClass: ErrorClass | null;
  readonly reason: string;
  readonly at: string;
  /** Present when a message into a conversation has ended: the participants that it did not reach. */
  readonly unreached?: readonly UnreachedView[];
}

/** A participant that was not reached as the API shows it. */
export interface UnreachedView {
  readonly participantSid: string;
  readonly kind: OutcomeKind;
  readonly errorCode: number | null;
}

/** Shows how a message ended. */
export function presentOutcome(outcome: Outcome): OutcomeView {
  const { kind, channel, attempt, errorCode, errorClass, reason, at, unreached } = outcome;
  const common = { kind, channel, attempt, errorCode: errorCode ?? null, errorClass: errorClass ?? null, reason, at };
  return unreached === undefined ? common : { ...common, unreached: unreached.map(presentUnreached) };
}

function presentUnreached({ errorCode, kind, participantSid }: UnreachedParticipant): UnreachedView {
  return { participantSid, kind, errorCode: errorCode ?? null };
}
