/**
 * A moment as people in a time zone write it, to the millisecond: `2026-01-31 14:05:06.789`.
 * @param iso ISO 8601.
 * @param timeZone IANA name; without it the zone of this machine.
 */
export function localTime(iso: string, timeZone?: string): string {
  // Swedish writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const moment = new Date(iso);
  return `${format.format(moment)}.${String(moment.getUTCMilliseconds()).padStart(3, '0')}`;
}

/** The name of the time zone of this machine, such as `Europe/Berlin`. */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
