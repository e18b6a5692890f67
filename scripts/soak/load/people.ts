import { LOCAL_SENDERS } from '../../../src/local/stack-variables';
import { type Random } from '../random';

/** Area codes that exist; numbers 555-0100 to 555-0199 behind each are reserved for examples and reach nobody. */
const AREA_CODES = [
  '202',
  '206',
  '212',
  '213',
  '303',
  '305',
  '312',
  '404',
  '415',
  '503',
  '512',
  '602',
  '617',
  '702',
  '713',
];
const NUMBERS_PER_AREA = 100;

/** The first ones are the senders of a local stack. */
const FIRST_NUMBER = Object.keys(LOCAL_SENDERS).length;

/** The number of somebody whom the run may write to: one of some 1,500, so that most are written to more than once. */
export function somebody(random: Random): string {
  const areaCode = AREA_CODES[random.between(0, AREA_CODES.length - 1)] ?? '202';
  const number = random.between(FIRST_NUMBER, NUMBERS_PER_AREA - 1);
  return `+1${areaCode}55501${String(number).padStart(2, '0')}`;
}
