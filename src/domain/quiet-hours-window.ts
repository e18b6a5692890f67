/** The days of a week as luxon counts them from 1. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When something may be sent, by the clock on the recipient's wall. */
export interface SendWindow {
  /** `HH:MM`, the first minute that is allowed. */
  readonly from: string;
  /** `HH:MM`, the first minute that is not allowed any more; at or before `from` it is one of the next day. */
  readonly to: string;
  /** The days on which it is allowed; absent: on all. The hours after midnight belong to the day that they are on. */
  readonly days?: readonly Weekday[];
}

/** A moment on a wall clock. */
export interface WallTime {
  readonly weekday: Weekday;
  readonly minuteOfDay: number;
}

export const MINUTES_PER_DAY = 24 * 60;

/** Minutes from midnight to a time of day, or undefined when the text is none. */
export function parseTimeOfDay(text: string): number | undefined {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return parts === null ? undefined : Number(parts[1]) * 60 + Number(parts[2]);
}

/**
 * Minutes from midnight to a time of day.
 * @throws RangeError
 */
export function minuteOfDay(text: string): number {
  const minute = parseTimeOfDay(text);
  if (minute === undefined) {
    throw new RangeError(`"${text}" is not a time of day: write hours and minutes, such as 08:00 or 21:30`);
  }
  return minute;
}

/** Whether a window allows to send at a moment on the wall clock. */
export function isWithin({ days, from, to }: SendWindow, { minuteOfDay: minute, weekday }: WallTime): boolean {
  if (days?.includes(weekday) === false) {
    return false;
  }
  const [first, end] = [minuteOfDay(from), minuteOfDay(to)];
  return first < end ? minute >= first && minute < end : minute >= first || minute < end;
}

/** A window in words, such as `from 08:00 to 20:00 on mon, tue`. */
export function describeWindow({ days, from, to }: SendWindow): string {
  const hours = `from ${from} to ${to}`;
  return days === undefined ? hours : `${hours} on ${days.join(', ')}`;
}
