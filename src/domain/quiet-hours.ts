import { type Category } from './category';
import { LONGEST_SEARCH_MS, nextOpening } from './quiet-hours-opening';
import { EVERYWHERE, type Medium, QUIET_HOURS, type QuietHoursRow } from './quiet-hours-table';
import { describeWindow, type SendWindow } from './quiet-hours-window';
import { type PossibleZones } from './quiet-hours-zones';
import { describeHold } from './quiet-hours-words';

/** What is about to be sent, as far as quiet hours know it. */
export interface QuietHoursCase {
  /** ISO 3166-1 alpha-2; absent for numbers that belong to no country. */
  readonly country?: string | undefined;
  readonly medium: Medium;
  readonly category: Category;
}

/** Whether it may be sent now; otherwise when it may be, and why not now. */
export type Allowance = { readonly kind: 'now' } | Hold;

export interface Hold {
  readonly kind: 'held';
  /** ISO 8601: the first moment at which it is allowed wherever the recipient may be. */
  readonly until: string;
  /** In words, without an address. */
  readonly because: string;
}

/**
 * The window of a case, null when it is never held. What is said of a country wins over what is said of all,
 * and of two that speak of the same the configuration's.
 * @param configured rows of POSTHORN_QUIET_HOURS.
 */
export function windowFor(configured: readonly QuietHoursRow[], what: QuietHoursCase): SendWindow | null {
  for (const country of [what.country, EVERYWHERE]) {
    for (const rows of [configured, QUIET_HOURS]) {
      const row = rows.find((candidate) => candidate.country === country && candidate.medium === what.medium);
      const window = row?.windows[what.category];
      if (window !== undefined) {
        return window;
      }
    }
  }
  return null;
}

/**
 * Whether a window allows to send at a moment. Of a recipient who may be in several zones it is asked that all of them allow it.
 * @throws RangeError when no moment within eight days is inside the window everywhere; `commonOpening` finds out beforehand.
 */
export function allowedAt(at: Date, where: PossibleZones, window: SendWindow): Allowance {
  const untilMs = commonOpening(at.getTime(), where.zones, window);
  if (untilMs === undefined) {
    throw new RangeError(
      `no hour is ${describeWindow(window)} in all time zones of the recipient: widen the window in POSTHORN_QUIET_HOURS or give timeZone`,
    );
  }
  if (untilMs === at.getTime()) {
    return { kind: 'now' };
  }
  return { kind: 'held', until: new Date(untilMs).toISOString(), because: describeHold(at, where, window) };
}

/**
 * The first moment from `atMs` on that is inside the window in all zones, in milliseconds since 1970.
 * @returns undefined when there is none within eight days.
 */
export function commonOpening(atMs: number, zones: readonly string[], window: SendWindow): number | undefined {
  let moment = atMs;
  while (moment <= atMs + LONGEST_SEARCH_MS) {
    const before = moment;
    for (const zone of zones) {
      const opening = nextOpening(moment, zone, window);
      if (opening === undefined) {
        return undefined;
      }
      moment = opening;
    }
    if (moment === before) {
      return moment;
    }
  }
  return undefined;
}
