import { CALLBACK_RETRY_DELAYS_MS, LONGEST_DELAY_MS } from '../../src/callbacks/retry-delays';

const HOUR_MS = 3_600_000;

it('spans a day, with pauses that double up to three hours', () => {
  const [first, second] = CALLBACK_RETRY_DELAYS_MS;
  expect([first, second]).toEqual([10_000, 20_000]);
  CALLBACK_RETRY_DELAYS_MS.slice(1).forEach((delay, index) => {
    expect(delay).toBe(Math.min((CALLBACK_RETRY_DELAYS_MS[index] ?? 0) * 2, LONGEST_DELAY_MS));
  });
  const sum = CALLBACK_RETRY_DELAYS_MS.reduce((total, delay) => total + delay, 0);
  expect(sum).toBeGreaterThan(21 * HOUR_MS);
  expect(sum).toBeLessThanOrEqual(24 * HOUR_MS);
  expect(CALLBACK_RETRY_DELAYS_MS).toHaveLength(17);
});
