import { type SweepStore } from '../src/database/sweep-store';
import { decides } from '../src/domain/delivery-state';
import { type Pace } from './in-lanes';
import { readAttempts, type ReadTally } from './read-attempts';
import { readLateMessages, type ReadLateMessagesDependencies } from './read-late-messages';
import { toPollFailure } from './to-poll-failure';

/**
 * At most 20 reads a second, so that the sweep leaves room for the sends, and at most four connections. There is never more
 * than one sweep, so this holds for all workers together.
 */
export const POLL_PACE: Pace = { lanes: 4, everyMs: 200 };

export interface PollQuietAttemptsInput {
  /** Attempts of one call. */
  readonly limit: number;
}

export interface PollQuietAttemptsResult {
  readonly polled: number;
  /** Attempts that Twilio no longer has anything about. */
  readonly unreadable: number;
  /** Receipts that nobody had told before, and those among them that decide. */
  readonly found: number;
  readonly deciding: number;
}

export interface PollQuietAttemptsDependencies extends ReadLateMessagesDependencies {
  readonly sweep: ReadLateMessagesDependencies['sweep'] & Pick<SweepStore, 'quietAttempts' | 'recordPolled'>;
  /** How long an attempt may be silent before it is asked about, in milliseconds. */
  readonly receiptQuietAfterMs: number;
}

/**
 * Asks Twilio about the attempts that were silent for too long, and, as far as the limit leaves room, about messages that have ended.
 * What it finds is in the inbox afterwards, due for a signal: the relay passes it on. Ends early when Twilio is out of
 * reach or says that it is too much; what was read until then counts.
 */
export function createPollQuietAttempts(deps: PollQuietAttemptsDependencies) {
  return async function pollQuietAttempts({ limit }: PollQuietAttemptsInput): Promise<PollQuietAttemptsResult> {
    const tally: ReadTally = { polled: [], statuses: [], unreadable: 0 };
    try {
      const isMoreOpen = (await readQuiet(deps, limit, tally)) >= limit;
      if (!isMoreOpen) {
        await readLateMessages(deps, limit - tally.polled.length, tally);
      }
    } catch (error) {
      throw toPollFailure(error);
    }
    const { polled, statuses, unreadable } = tally;
    return { polled: polled.length, unreadable, found: statuses.length, deciding: statuses.filter(decides).length };
  };
}

/** @returns how many attempts of open messages were there to be asked about. */
async function readQuiet(deps: PollQuietAttemptsDependencies, limit: number, tally: ReadTally): Promise<number> {
  const attempts = await deps.sweep.quietAttempts({ limit, pauseMs: deps.receiptQuietAfterMs });
  try {
    await readAttempts(deps, attempts, tally);
  } finally {
    await deps.sweep.recordPolled(tally.polled);
  }
  return attempts.length;
}
