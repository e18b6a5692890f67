import { coalesce, type CoalesceOptions } from '../../src/database/coalesce';

const OPTIONS: CoalesceOptions = { mostItems: 10, mostRuns: 1, isOneToBlame: () => false };

/** Work that goes on until it is let go, and remembers what it was given. */
function heldWork() {
  const runs: (readonly number[])[] = [];
  const holds: (() => void)[] = [];
  const work = async (items: readonly number[]): Promise<number[]> => {
    runs.push(items);
    await new Promise<void>((resolve) => holds.push(resolve));
    return items.map((item) => item * 10);
  };
  const letGo = async (): Promise<void> => {
    holds.shift()?.();
    await new Promise(setImmediate);
  };
  return { runs, work, letGo };
}

test('one alone is done at once; those that come meanwhile are done together', async () => {
  const { runs, work, letGo } = heldWork();
  const add = coalesce(work, OPTIONS);
  const results = Promise.all([1, 2, 3].map(add));
  expect(runs).toEqual([[1]]);
  await letGo();
  expect(runs).toEqual([[1], [2, 3]]);
  await letGo();
  expect(await results).toEqual([10, 20, 30]);
  const later = add(4);
  await letGo();
  expect(await later).toBe(40);
});

test('no run has more items than allowed, and no more runs are under way', async () => {
  const { runs, work, letGo } = heldWork();
  const add = coalesce(work, { ...OPTIONS, mostItems: 2, mostRuns: 2 });
  const results = Promise.all([1, 2, 3, 4, 5, 6, 7].map(add));
  expect(runs).toEqual([[1], [2]]);
  for (let run = 0; run < 5; run += 1) {
    await letGo();
  }
  expect(runs).toEqual([[1], [2], [3, 4], [5, 6], [7]]);
  expect(await results).toEqual([10, 20, 30, 40, 50, 60, 70]);
});

const picky = (items: readonly number[]): Promise<readonly number[]> =>
  items.includes(2) ? Promise.reject(new Error('no 2')) : Promise.resolve(items);

test('one that is to blame takes no other with it', async () => {
  const add = coalesce(picky, { ...OPTIONS, isOneToBlame: () => true });
  const results = await Promise.allSettled([1, 2, 3].map(add));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a failure of them all is told to them all, and the next ones are tried', async () => {
  const add = coalesce(picky, OPTIONS);
  const results = await Promise.allSettled([1, 2, 3].map(add));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await add(4)).toBe(4);
});
