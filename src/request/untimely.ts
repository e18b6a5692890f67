import { type RequestTimes } from '../domain/request-times';
import { type Problem } from './problem';

/** How far `sendAt` may be in the past: clocks differ, and requests take their time. In milliseconds. */
const PAST_TOLERANCE_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
const MOST_DAYS_AHEAD = 366;
const MOST_DAYS_ALIVE = 30;

/**
 * What is wrong with the times of a request that comes for the first time at `now`. A repetition is not asked:
 * what was in time when it came first is accepted for good.
 */
export function untimely({ expiresAt, sendAt }: RequestTimes, now: Date): Problem[] {
  const nowMs = now.getTime();
  const sendMs = sendAt === undefined ? nowMs : Date.parse(sendAt);
  const problems = [
    sendMs < nowMs - PAST_TOLERANCE_MS && { field: 'sendAt', what: 'is in the past: leave it out to send now' },
    sendMs > nowMs + MOST_DAYS_AHEAD * DAY_MS && {
      field: 'sendAt',
      what: `is too far ahead: give a moment within ${MOST_DAYS_AHEAD} days`,
    },
    ...(expiresAt === undefined ? [] : lateExpiry(Date.parse(expiresAt), Math.max(sendMs, nowMs))),
  ];
  return problems.flatMap((problem) =>
    problem === false ? [] : [{ field: problem.field, message: `${problem.field} ${problem.what}` }],
  );
}

function lateExpiry(expiryMs: number, firstMs: number) {
  return [
    expiryMs <= firstMs && { field: 'expiresAt', what: 'is over already: give a later moment, or leave it out' },
    expiryMs > firstMs + MOST_DAYS_ALIVE * DAY_MS && {
      field: 'expiresAt',
      what: `is too late: give a moment within ${MOST_DAYS_ALIVE} days after the message may be sent`,
    },
  ];
}
