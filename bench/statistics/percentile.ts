/**
 * The smallest value that at least this share of the values does not exceed.
 * @param share from 0 to 1: 0.99 for the 99th percentile.
 * @throws RangeError when there is no value.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) {
    throw new RangeError('a percentile of no values was asked for');
  }
  return value;
}
