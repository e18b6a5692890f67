import { maskAddress } from '../domain/address';
import { type SuppressionView } from '../http/presenters/suppression';
import { localTime, localTimeZone } from './local-time';
import { createTable } from './table';

/** Addresses that cannot be reached, for a person in front of a terminal; they are masked. */
export function describeSuppressions(
  suppressions: readonly SuppressionView[],
  timeZone: string = localTimeZone(),
): string {
  if (suppressions.length === 0) {
    return 'No address is suppressed.\n';
  }
  const table = createTable(['since', 'until', 'recipient', 'channel', 'error', 'meaning']);
  for (const { address, channel, errorCode, meaning, since, until } of suppressions) {
    const times = [localTime(since, timeZone), localTime(until, timeZone)];
    table.push([...times, maskAddress(address), channel, String(errorCode), meaning]);
  }
  return `Times are those of ${timeZone}.\n${table.toString()}\n`;
}
