import { classifyError } from './error-catalogue';
import { type Outcome } from './outcome';
import { OUTCOME_TABLE } from './outcome-table';

/** Why something ended as it did, and what to do about it. */
export interface Explanation {
  /** In words, without addresses and texts. */
  readonly reason: string;
  /** One sentence. */
  readonly remedy: string;
}

/** An ending in words: those of its error code when it has one, otherwise those of its kind. What was stopped is not mended by what an error code asks for. */
export function explainOutcome({ errorCode, kind }: Pick<Outcome, 'errorCode' | 'kind'>): Explanation {
  const { meaning, remedy, verdict } = OUTCOME_TABLE[kind];
  if (errorCode === undefined) {
    return { reason: meaning, remedy };
  }
  const error = classifyError(errorCode);
  return { reason: error.meaning, remedy: verdict === 'stopped' ? remedy : error.remedy };
}
