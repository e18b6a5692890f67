import { describeSuppressions } from '../../src/cli/describe-suppressions';

test('the table has times, channel and error, and no whole number', () => {
  const shown = describeSuppressions(
    [
      {
        address: '+12025550123',
        channel: 'sms',
        errorCode: 30006,
        meaning: 'the number is a landline',
        evidence: 'IM1',
        since: '2026-01-02T03:04:05.000Z',
        until: '2026-02-01T03:04:05.000Z',
      },
    ],
    'UTC',
  );
  expect(shown).toMatch(/2026-01-02 03:04.*2026-02-01 03:04.*sms.*30006.*the number is a landline/);
  expect(shown).not.toContain('2025550123');
});

test('an empty list says so', () => {
  expect(describeSuppressions([], 'UTC')).toBe('No address is suppressed.\n');
});
