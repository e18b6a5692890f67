import { MockActivityEnvironment } from '@temporalio/testing';
import { inLanes, type Pace } from '../../activities/in-lanes';

const run = (items: readonly number[], pace: Pace, work: (item: number) => Promise<void>): Promise<void> =>
  new MockActivityEnvironment().run(async (): Promise<void> => await inLanes(items, pace, work));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('works everything off, and no more at once than there are lanes', async () => {
  const done: number[] = [];
  let underWay = 0;
  let most = 0;
  await run([1, 2, 3, 4, 5, 6, 7], { lanes: 3, everyMs: 0 }, async (item) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await turn();
    underWay -= 1;
    done.push(item);
  });
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

it('keeps the pace', async () => {
  const startedAt = performance.now();
  await run([1, 2, 3, 4], { lanes: 2, everyMs: 50 }, () => Promise.resolve());
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(95);
});

it('begins nothing more after a failure, and lets end what is under way', async () => {
  const ended: number[] = [];
  const failing = run([1, 2, 3, 4, 5], { lanes: 2, everyMs: 0 }, async (item) => {
    if (item === 2) {
      throw new Error('the second fails');
    }
    await turn();
    ended.push(item);
  });
  await expect(failing).rejects.toThrow('the second fails');
  expect(ended).toEqual([1]);
});

it('has nothing to do with an empty list', async () => {
  await expect(
    run([], { lanes: 2, everyMs: 1_000 }, () => Promise.reject(new Error('never'))),
  ).resolves.toBeUndefined();
});
