import { type OutcomeCorrection } from '../../domain/correct-outcome';
import { type OutcomeView, presentOutcome } from './outcome';

/** A correction of an outcome as the API shows it. */
export interface CorrectionView {
  readonly was: OutcomeView;
  readonly is: OutcomeView;
  readonly because: string;
  readonly at: string;
}

/** Shows what an outcome was, what it is, which receipt says so, and when that was seen. */
export function presentCorrection({ was, is, because, at }: OutcomeCorrection): CorrectionView {
  return { was: presentOutcome(was), is: presentOutcome(is), because, at };
}
