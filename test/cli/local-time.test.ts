import { localTime } from '../../src/cli/local-time';

test.each([
  ['UTC', '2026-01-31 23:05:06.007'],
  ['Europe/Berlin', '2026-02-01 00:05:06.007'],
  ['America/New_York', '2026-01-31 18:05:06.007'],
  ['Asia/Kolkata', '2026-02-01 04:35:06.007'],
])('in %s', (timeZone, written) => {
  expect(localTime('2026-01-31T23:05:06.007Z', timeZone)).toBe(written);
});

test('midnight is the start of a day', () => {
  expect(localTime('2026-03-01T00:00:00.000Z', 'UTC')).toBe('2026-03-01 00:00:00.000');
});
