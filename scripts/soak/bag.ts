import { type Random } from './random';

/** Takes every item once before any of them a second time, in random order, so that a short run has seen them all. */
export function createBag<Item>(items: readonly Item[], random: Random): () => Item {
  let left: Item[] = [];
  return () => {
    if (left.length === 0) {
      left = [...items];
    }
    const [item] = left.splice(random.between(0, left.length - 1), 1);
    if (item === undefined) {
      throw new RangeError('items: the bag is empty; give it at least one');
    }
    return item;
  };
}
