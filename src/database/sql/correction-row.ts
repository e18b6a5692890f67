import { type OutcomeCorrection } from '../../domain/correct-outcome';
import { type Outcome } from '../../domain/outcome';
import { isoTime } from '../rows';
import { type TimelineEntry } from '../timeline';

/** A row of `outcome_corrections` as JSON. */
export interface CorrectionJson {
  readonly was: Outcome;
  readonly became: Outcome;
  readonly because: string;
  readonly at: string;
  /** Which ending it corrects: how often the message had been redriven by then. */
  readonly redrive: number;
}

/** Column `corrections`, a list of `CorrectionJson`, oldest first, for a select that has the table `messages`. */
export const CORRECTIONS_COLUMN = `
    (select coalesce(jsonb_agg(to_jsonb(outcome_corrections) order by outcome_corrections.number), '[]')
      from outcome_corrections where outcome_corrections.message_id = messages.message_id) as "corrections"`;

/** A correction as the domain sees it. */
export function outcomeCorrection({ was, became, because, at }: CorrectionJson): OutcomeCorrection {
  return { was, is: became, because, at: isoTime(at) };
}

/** A correction in the timeline. */
export function correctionEntry({ at, because, is, was }: OutcomeCorrection): TimelineEntry {
  return { at, kind: 'outcome_corrected', attempt: is.attempt, detail: { was: was.kind, is: is.kind, because } };
}
