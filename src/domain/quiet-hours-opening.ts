import { DateTime, IANAZone } from 'luxon';
import { isWithin, minuteOfDay, MINUTES_PER_DAY, type SendWindow, WEEKDAYS, type WallTime } from './quiet-hours-window';

const MINUTE_MS = 60_000;
/** A week and a day, in milliseconds: a window of one weekday is met in it, whatever clocks do. */
export const LONGEST_SEARCH_MS = 8 * MINUTES_PER_DAY * MINUTE_MS;

/**
 * The first moment from `atMs` on at which the wall clock of a zone is inside a window: `atMs` itself when it is already.
 * Days on which clocks are changed need no care of their own: what counts is what the clock shows. An hour that is skipped opens the window
 * as soon as the clock has passed it; in an hour that is repeated it opens and closes twice.
 * @param atMs milliseconds since 1970, like the result.
 * @returns undefined when there is none within eight days.
 */
export function nextOpening(atMs: number, zoneName: string, window: SendWindow): number | undefined {
  const zone = IANAZone.create(zoneName);
  let moment = atMs;
  while (moment <= atMs + LONGEST_SEARCH_MS) {
    const wall = wallTime(moment, zone);
    if (isWithin(window, wall)) {
      return moment;
    }
    moment = nextChange(moment, zone, [minuteOfDay(window.from), 0]);
  }
  return undefined;
}

/** The first moment after `atMs` at which the clock shows one of the minutes of the day, or is changed. */
function nextChange(atMs: number, zone: IANAZone, minutes: readonly number[]): number {
  const now = DateTime.fromMillis(atMs, { zone });
  const sinceMidnightMs = (now.hour * 60 + now.minute) * MINUTE_MS + now.second * 1000 + now.millisecond;
  const dayMs = MINUTES_PER_DAY * MINUTE_MS;
  const waitsMs = minutes.map((minute) => (minute * MINUTE_MS - sinceMidnightMs + dayMs) % dayMs || dayMs);
  const expected = atMs + Math.min(...waitsMs);
  return zone.offset(expected) === zone.offset(atMs) ? expected : clockChange(atMs, expected, zone);
}

/** The moment between two at which the clock is changed. */
function clockChange(beforeMs: number, afterMs: number, zone: IANAZone): number {
  const offset = zone.offset(beforeMs);
  let [before, after] = [beforeMs, afterMs];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zone.offset(middle) === offset) {
      before = middle;
    } else {
      after = middle;
    }
  }
  return after;
}

function wallTime(atMs: number, zone: IANAZone): WallTime {
  const { hour, minute, weekday } = DateTime.fromMillis(atMs, { zone });
  return { weekday: WEEKDAYS[(weekday + 6) % WEEKDAYS.length] ?? 'mon', minuteOfDay: hour * 60 + minute };
}
