import { isValidPhoneNumber } from 'libphonenumber-js/max';

/**
 * Numbers that nobody has: +1 <area code> 555 0100 to 0199 are reserved for examples in every area code.
 * The first ten are left to the senders of a local stack.
 */
const FIRST_LINE = 110;
const LINES_PER_AREA_CODE = 90;
const LOWEST_AREA_CODE = 200;
const HIGHEST_AREA_CODE = 999;

/** Hands out phone numbers that nobody has, E.164, none of them twice. */
export interface Recipients {
  /** @throws RangeError when all are used up; there are some 40,000. */
  take(count: number): readonly string[];
}

/** All recipients, none used yet. */
export function createRecipients(): Recipients {
  const areaCodes = Array.from(
    { length: HIGHEST_AREA_CODE - LOWEST_AREA_CODE + 1 },
    (_, index) => LOWEST_AREA_CODE + index,
  ).filter((areaCode) => isValidPhoneNumber(`+1${areaCode}5550100`));
  const available = areaCodes.length * LINES_PER_AREA_CODE;
  let used = 0;
  return {
    take(count) {
      if (used + count > available) {
        throw new RangeError(`${available} example numbers are too few for this benchmark: measure fewer messages`);
      }
      const taken = Array.from({ length: count }, (_, index) => numberAt(areaCodes, used + index));
      used += count;
      return taken;
    },
  };
}

/** Neighbours in the order have different area codes, so that keys do not come sorted. */
function numberAt(areaCodes: readonly number[], position: number): string {
  const areaCode = areaCodes[position % areaCodes.length] ?? LOWEST_AREA_CODE;
  const line = FIRST_LINE + Math.floor(position / areaCodes.length);
  return `+1${areaCode}5550${line}`;
}
