import { log } from '@temporalio/activity';
import { type QuietAttempt, type SweepStore } from '../src/database/sweep-store';
import { decides } from '../src/domain/delivery-state';
import { classifyError } from '../src/domain/error-catalogue';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type MessageSid } from '../src/domain/sid';
import { type DeliveryOverview } from '../src/twilio/gateway';
import { TwilioError } from '../src/twilio/twilio-error';
import { inLanes, type Pace } from './in-lanes';
import { takeReceipts, type TakeReceiptsDependencies } from './take-receipts';
import { toPollFailure } from './to-poll-failure';
import { undecidedByList } from './undecided-by-list';

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

export interface PollQuietAttemptsDependencies extends TakeReceiptsDependencies {
  readonly gateway: TakeReceiptsDependencies['gateway'] & DeliveryOverview;
  readonly sweep: Pick<SweepStore, 'quietAttempts' | 'recordPolled'>;
  readonly optOutCodes: readonly OptOutCode[];
  /** How long an attempt may be silent before it is asked about, in milliseconds. */
  readonly receiptQuietAfterMs: number;
  readonly pollPace: Pace;
}

/**
 * Asks Twilio about the attempts that were silent for too long. What it finds is in the inbox afterwards, due for a signal:
 * the relay passes it on. Ends early when Twilio is out of reach or says that it is too much; what was read until then counts.
 */
export function createPollQuietAttempts(deps: PollQuietAttemptsDependencies) {
  return async function pollQuietAttempts({ limit }: PollQuietAttemptsInput): Promise<PollQuietAttemptsResult> {
    const attempts = await deps.sweep.quietAttempts({ limit, pauseMs: deps.receiptQuietAfterMs });
    const polled: MessageSid[] = [];
    const statuses: string[] = [];
    let unreadable = 0;
    try {
      const undecided = await undecidedByList(deps.gateway, attempts, deps.pollPace);
      const messageSids = attempts.map(({ messageSid }) => messageSid);
      polled.push(...messageSids.filter((messageSid) => undecided.has(messageSid)));
      const open = attempts.filter(({ messageSid }) => !undecided.has(messageSid));
      await inLanes(open, deps.pollPace, async (attempt) => {
        const found = await newStatuses(deps, attempt);
        polled.push(attempt.messageSid);
        statuses.push(...(found ?? []));
        unreadable += found === undefined ? 1 : 0;
      });
    } catch (error) {
      throw toPollFailure(error);
    } finally {
      await deps.sweep.recordPolled(polled);
    }
    return { polled: polled.length, unreadable, found: statuses.length, deciding: statuses.filter(decides).length };
  };
}

/** The statuses that nobody had told before; undefined when Twilio refuses to show this message. */
async function newStatuses(
  deps: PollQuietAttemptsDependencies,
  attempt: QuietAttempt,
): Promise<readonly string[] | undefined> {
  try {
    const stored = await takeReceipts(deps, attempt);
    return stored.filter(({ isNew }) => isNew).map(({ event }) => event.status);
  } catch (error) {
    if (!isAboutThisMessage(error, deps.optOutCodes)) {
      throw error;
    }
    log.warn('Twilio shows no receipts of a message', { messageSid: attempt.messageSid, code: error.code });
    return undefined;
  }
}

/** A refusal because of the account, its key for instance, would be the same for every other message. */
function isAboutThisMessage(error: unknown, optOutCodes: readonly OptOutCode[]): error is TwilioError {
  return (
    error instanceof TwilioError &&
    error.fault === 'refused' &&
    classifyError(error.code, optOutCodes).errorClass !== 'config'
  );
}
