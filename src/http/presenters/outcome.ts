import { type ErrorClass } from '../../domain/error-class';
import { type Outcome, type OutcomeKind } from '../../domain/outcome';

/** An outcome as the API shows it. */
export interface OutcomeView {
  readonly kind: OutcomeKind;
  readonly channel: string;
  readonly attempt: number;
  readonly errorCode: number | null;
  readonly errorClass: ErrorClass | null;
  readonly reason: string;
  readonly at: string;
}

/** Shows how a message ended. */
export function presentOutcome(outcome: Outcome): OutcomeView {
  const { kind, channel, attempt, errorCode, errorClass, reason, at } = outcome;
  return { kind, channel, attempt, errorCode: errorCode ?? null, errorClass: errorClass ?? null, reason, at };
}
