import { type DeadCause, deadRemedy } from '../../domain/dead-letter';
import { type Outcome } from '../../domain/outcome';

/** Why a message is dead, and what to do before it is redriven. The outcome's reason says more. */
export interface DeadView {
  readonly cause: DeadCause;
  readonly remedy: string;
}

/** Null when the message did not end for a reason of ours. */
export function presentDead(outcome: Outcome): DeadView | null {
  const remedy = deadRemedy(outcome);
  return outcome.dead === undefined || remedy === undefined ? null : { cause: outcome.dead, remedy };
}
