/** Random choices that a seed repeats. */
export interface Random {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True with the given share, from 0 to 1. */
  chance(share: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** One of the names, as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  /** Choices of their own, so that one plan does not change when another one asks more or less often. */
  fork(): Random;
}

const TWO_TO_32 = 2 ** 32;

/** @param seed a whole number; the same one gives the same choices in the same order. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  /** One step of "mulberry32": a counter whose bits are mixed by multiplication. */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32;
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));

  return {
    next,
    between,
    chance: (share) => next() < share,
    pick: (items) => items[between(0, items.length - 1)] ?? items[0],
    weighted: (weights) => weighted(weights, next()),
    fork: () => createRandom(Math.floor(next() * TWO_TO_32)),
  };
}

function weighted<Name extends string>(weights: Readonly<Record<Name, number>>, share: number): Name {
  const entries = Object.entries(weights) as [Name, number][];
  let rest = share * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    rest -= weight;
    if (rest < 0) {
      return name;
    }
  }
  throw new RangeError('weights: none is above zero; give at least one name a positive weight');
}
