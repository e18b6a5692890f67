import { log } from '@temporalio/activity';
import { type QuietAttempt } from '../src/database/sweep-store';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type MessageSid } from '../src/domain/sid';
import { type DeliveryOverview } from '../src/twilio/gateway';
import { inLanes, type Pace } from './in-lanes';
import { isAboutThisMessage } from './is-about-this-message';
import { takeReceipts, type TakeReceiptsDependencies } from './take-receipts';
import { undecidedByList } from './undecided-by-list';

export interface ReadAttemptsDependencies extends TakeReceiptsDependencies {
  readonly gateway: TakeReceiptsDependencies['gateway'] & DeliveryOverview;
  readonly optOutCodes: readonly OptOutCode[];
  readonly pollPace: Pace;
}

/** What reading has come to so far; what was read before a failure counts. */
export interface ReadTally {
  readonly polled: MessageSid[];
  /** The statuses that nobody had told before. */
  readonly statuses: string[];
  /** Attempts that Twilio no longer has anything about. */
  unreadable: number;
}

/** Asks Twilio about attempts, in bulk where that is cheaper, and puts what it finds into the inbox. */
export async function readAttempts(
  deps: ReadAttemptsDependencies,
  attempts: readonly QuietAttempt[],
  tally: ReadTally,
): Promise<void> {
  const undecided = await undecidedByList(deps.gateway, attempts, deps.pollPace);
  const messageSids = attempts.map(({ messageSid }) => messageSid);
  tally.polled.push(...messageSids.filter((messageSid) => undecided.has(messageSid)));
  const open = attempts.filter(({ messageSid }) => !undecided.has(messageSid));
  await inLanes(open, deps.pollPace, (attempt) => readAttempt(deps, attempt, tally));
}

/** Asks Twilio for the receipts of one attempt, and puts them into the inbox. */
export async function readAttempt(
  deps: ReadAttemptsDependencies,
  attempt: QuietAttempt,
  tally: ReadTally,
): Promise<void> {
  const found = await newStatuses(deps, attempt);
  tally.polled.push(attempt.messageSid);
  tally.statuses.push(...(found ?? []));
  tally.unreadable += found === undefined ? 1 : 0;
}

/** The statuses that nobody had told before; undefined when Twilio refuses to show this message. */
async function newStatuses(
  deps: ReadAttemptsDependencies,
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
