import { DateTime } from 'luxon';
import { z } from 'zod';

/** From when to when, in the time zone whose days are counted. `until` is not part of it. */
export interface ReportWindow {
  readonly since: DateTime<true>;
  readonly until: DateTime<true>;
}

const moment = z.iso.datetime({ offset: true });
const day = z.iso.date();

/**
 * Reads a point in time: a moment with its offset, or a day, which stands for its midnight in the zone. A `+` that was not
 * encoded in an address has become a space. Undefined when the text is neither.
 */
export function readTime(text: string, zone: string): DateTime<true> | undefined {
  const written = text.replace(' ', '+');
  if (!moment.safeParse(written).success && !day.safeParse(written).success) {
    return undefined;
  }
  const time = DateTime.fromISO(written, { zone });
  return time.isValid ? time : undefined;
}

/**
 * Reads the beginning of a window that ends at `until`: as `readTime` does, or `7d`, which is seven whole days of the zone up to and
 * with that of the end, or `24h`. Undefined when the text is none of them.
 */
export function readBeginning(text: string, until: DateTime<true>): DateTime<true> | undefined {
  const [, count = '', unit] = /^([1-9]\d{0,4})([dh])$/.exec(text) ?? [];
  if (unit === undefined) {
    return readTime(text, until.zoneName);
  }
  const begin =
    unit === 'h'
      ? until.minus({ hours: Number(count) })
      : until
          .minus({ milliseconds: 1 })
          .startOf('day')
          .minus({ days: Number(count) - 1 });
  return begin;
}

/** The days that a window touches, as the zone's calendar has them, `YYYY-MM-DD`. */
export function daysOf({ since, until }: ReportWindow): string[] {
  const days: string[] = [];
  for (let start = since.startOf('day'); start < until; start = start.plus({ days: 1 })) {
    days.push(start.toISODate());
  }
  return days;
}

/** How many days a window is long, a last one that is not over included. */
export function lengthInDays({ since, until }: ReportWindow): number {
  return Math.ceil(until.diff(since, 'days').days);
}

/** The same hours of the same number of days before: for a week the same weekdays, up to the same time of day. */
export function windowBefore(window: ReportWindow): ReportWindow {
  const days = lengthInDays(window);
  return { since: window.since.minus({ days }), until: window.until.minus({ days }) };
}
