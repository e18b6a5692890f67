import fc from 'fast-check';
import { createBag } from '../../scripts/soak/bag';
import { createRandom } from '../../scripts/soak/random';

const seeds = fc.nat({ max: 2 ** 32 - 1 });

const choicesOf = (seed: number): number[] => {
  const random = createRandom(seed);
  return [random.next(), random.between(1, 1_000), random.fork().next(), random.next()];
};

test('a seed repeats its choices', () => {
  fc.assert(fc.property(seeds, (seed) => expect(choicesOf(seed)).toEqual(choicesOf(seed))));
});

test('another seed makes other choices', () => {
  expect(choicesOf(1)).not.toEqual(choicesOf(2));
});

test('numbers stay between their bounds, and both bounds come up', () => {
  const random = createRandom(3);
  const numbers = Array.from({ length: 500 }, () => random.between(2, 5));
  expect([...new Set(numbers)].sort()).toEqual([2, 3, 4, 5]);
});

test('names come up as often as their weights say', () => {
  const random = createRandom(4);
  const names = Array.from({ length: 1_000 }, () => random.weighted({ often: 9, seldom: 1, never: 0 }));
  const seldom = names.filter((name) => name === 'seldom').length;
  expect(seldom).toBeGreaterThan(50);
  expect(seldom).toBeLessThan(150);
  expect(names).not.toContain('never');
});

test('weights without any above zero are refused', () => {
  expect(() => createRandom(5).weighted({ a: 0 })).toThrow('give at least one name a positive weight');
});

test('a bag gives everything once before it gives anything twice', () => {
  fc.assert(
    fc.property(seeds, fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 9 }), (seed, items) => {
      const next = createBag(items, createRandom(seed));
      const takeAll = (): string[] => items.map(() => next()).sort();
      const all = [...items].sort();
      expect([takeAll(), takeAll()]).toEqual([all, all]);
    }),
  );
});

test('an empty bag is refused', () => {
  expect(createBag([], createRandom(6))).toThrow('the bag is empty');
});
