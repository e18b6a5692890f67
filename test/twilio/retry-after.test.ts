import { retryAfterMs } from '../../src/twilio/retry-after';

const NOW_MS = Date.parse('2026-03-01T12:00:00Z');

test.each<readonly [string, unknown, number | undefined]>([
  ['seconds', '7', 7000],
  ['zero', '0', 0],
  ['spaces around it', ' 2 ', 2000],
  ['a fraction, rounded up', '0.0005', 1],
  ['a date ahead', 'Sun, 01 Mar 2026 12:01:30 GMT', 90_000],
  ['a date that has passed', 'Sun, 01 Mar 2026 11:00:00 GMT', 0],
  ['nothing', undefined, undefined],
  ['an empty text', '', undefined],
  ['a negative number', '-5', undefined],
  ['words', 'soon', undefined],
])('reads %s', (_name, header, expected) => {
  expect(retryAfterMs(header, NOW_MS)).toBe(expected);
});
