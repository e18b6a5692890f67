import { oneAtATime } from '../../src/dev/one-at-a-time';

test('what is asked for during a run is done in one more run', async () => {
  const releases: (() => void)[] = [];
  let atOnce = 0;
  let most = 0;
  let runs = 0;
  const run = oneAtATime(async () => {
    runs += 1;
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise<void>((resolve) => releases.push(resolve));
    atOnce -= 1;
  });

  const first = run();
  const others = [run(), run(), run()];
  releases.shift()?.();
  await new Promise((resolve) => setImmediate(resolve));
  releases.shift()?.();
  await Promise.all([first, ...others]);
  expect({ runs, most }).toEqual({ runs: 2, most: 1 });
});

test('it can be asked again after the end', async () => {
  let runs = 0;
  const run = oneAtATime(() => {
    runs += 1;
    return Promise.resolve();
  });
  await run();
  await run();
  expect(runs).toBe(2);
});
