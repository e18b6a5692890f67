import { DateTime } from 'luxon';
import { describeWindow, type SendWindow } from './quiet-hours-window';
import { type PossibleZones } from './quiet-hours-zones';

/** Why a message is held, in words for people; the address is not in them. */
export function describeHold(at: Date, where: PossibleZones, window: SendWindow): string {
  return `allowed ${describeWindow(window)} at the recipient, ${describePlace(at, where)}`;
}

function describePlace(at: Date, { basis, country, zones }: PossibleZones): string {
  const clocks = zones
    .map((zone) => DateTime.fromJSDate(at, { zone }))
    .sort((a, b) => a.offset - b.offset || (a.toFormat('z') < b.toFormat('z') ? -1 : 1));
  const [first, last] = [clocks[0], clocks.at(-1)];
  if (first === undefined || last === undefined) {
    return 'wherever that is';
  }
  switch (basis) {
    case 'given':
      return `who is in ${clockIn(first)}, as the request says`;
    case 'nowhere':
      return `whose number belongs to no country, so it goes by ${clockIn(first)}`;
    case 'number':
      return first.offset === last.offset
        ? `whose number is of ${country ?? 'a country'}: ${clockIn(first)}`
        : `who may be anywhere from ${clockIn(first)} to ${clockIn(last)}: the number says no more than ${country ?? 'its country code'}`;
  }
}

/** Such as `Europe/Berlin (Fri 05:30)`. */
function clockIn(clock: DateTime): string {
  return clock.setLocale('en').toFormat('z (ccc HH:mm)');
}
