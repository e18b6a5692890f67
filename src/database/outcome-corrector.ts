import { type Knex } from 'knex';
import { correctionReason, correctOutcome, type OutcomeCorrection } from '../domain/correct-outcome';
import { type OptOutCode } from '../domain/opt-out-code';
import { isSameOutcome } from '../domain/outcome';
import { findOutcome } from './sql/find-outcome';
import { replaceOutcome } from './sql/replace-outcome';
import { withDatabaseErrors } from './with-database-errors';
import { type AnnounceCallbacks, announced, leaveToSweep } from './written-callback';

/**
 * Makes the outcome of a closed message what all its stored receipts say (`correctOutcome`), and keeps what it was. Can be repeated
 * without effect. To be called after each receipt that was stored when the workflow could not take it any more.
 * What is said of a child is part of what is said of its parent, so a child's parent is corrected as well.
 * @returns the correction, or undefined when there is nothing to correct. Throws `DatabaseError`.
 */
export type OutcomeCorrector = (messageId: string) => Promise<OutcomeCorrection | undefined>;

interface Reading {
  /** Undefined when there was nothing to correct. */
  readonly made?: OutcomeCorrection;
  readonly parentId?: string | undefined;
}

/**
 * The corrector of this database. It takes no lock: the receipts are read after they were stored, and the outcome is replaced only
 * while it is the one that was read. Of two late receipts at once, whoever writes second has read both.
 */
export function createOutcomeCorrector(
  knex: Knex,
  optOutCodes: readonly OptOutCode[],
  announce: AnnounceCallbacks = leaveToSweep,
): OutcomeCorrector {
  const tryOnce = async (messageId: string): Promise<Reading | 'overtaken'> => {
    const known = await findOutcome(knex, messageId);
    if (known === undefined) {
      return {};
    }
    const { parentId } = known;
    const { correctionsMade, current: was, facts, recorded } = known;
    const is = correctOutcome(recorded, facts, optOutCodes) ?? recorded;
    if (isSameOutcome(is, was)) {
      return { parentId };
    }
    const because = correctionReason(is, facts);
    const replacement = { messageId, number: correctionsMade + 1, was, is, because };
    const at = await announced(announce, replaceOutcome(knex, replacement));
    return at === undefined ? 'overtaken' : { made: { was, is, because, at }, parentId };
  };
  const correct = async (messageId: string): Promise<OutcomeCorrection | undefined> => {
    for (;;) {
      const reading = await tryOnce(messageId);
      if (reading !== 'overtaken') {
        // Also when the child is right already: whoever made it so may have ended before it came to the parent.
        await (reading.parentId === undefined ? undefined : correct(reading.parentId));
        return reading.made;
      }
    }
  };
  return (messageId) => withDatabaseErrors(() => correct(messageId));
}
