import { median } from './median';

/** A comparison of two series that were measured in turn. */
export interface PairedRatio {
  /** The median of the ratios. */
  readonly ratio: number;
  /** One ratio for each round, in the order of the rounds. */
  readonly ratios: readonly number[];
}

/**
 * Divides round by round and takes the median: a machine that gets slower or faster during the measurement changes both
 * halves of a pair alike, so their ratio stays.
 * @throws RangeError when the series differ in length or are empty.
 */
export function pairedRatio(numerators: readonly number[], denominators: readonly number[]): PairedRatio {
  if (numerators.length !== denominators.length) {
    throw new RangeError(`${numerators.length} and ${denominators.length} rounds cannot be paired`);
  }
  const ratios = numerators.map((numerator, round) => numerator / (denominators[round] ?? Number.NaN));
  return { ratio: median(ratios), ratios };
}
