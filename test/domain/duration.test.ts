import fc from 'fast-check';
import { durationMs, parseDurationMs } from '../../src/domain/duration';

describe('parseDurationMs', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['10m', 600_000],
    ['24h', 86_400_000],
    ['7 days', 604_800_000],
    ['1.5 hours', 5_400_000],
    [' 2m ', 120_000],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDurationMs(text)).toBe(milliseconds);
  });

  it.each([
    '',
    '10',
    '-5s',
    '0s',
    '0ms',
    's',
    'ten minutes',
    '1e3s',
    '5 parsecs',
    '10m 5s',
    'Infinity s',
    `${'9'.repeat(200)}s`,
  ])('refuses "%s"', (text) => {
    expect(parseDurationMs(text)).toBeUndefined();
  });

  it('gives a length above zero or nothing for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d.]{1,5} ?[a-z]{1,4}$/)), (text) => {
        expect(parseDurationMs(text) ?? 1).toBeGreaterThan(0);
      }),
    );
  });
});

describe('durationMs', () => {
  it('says how to write a duration', () => {
    expect(() => durationMs('10')).toThrow(
      new RangeError('"10" is not a duration: write a number and a unit, such as 500ms, 30s, 10m, 24h or 7 days'),
    );
  });
});
