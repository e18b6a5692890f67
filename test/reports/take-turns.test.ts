import { takeTurns } from '../../src/reports/take-turns';

test('no more run at once than allowed, the others follow in their order, and a failure gives its place on', async () => {
  const ends = new Map<number, () => void>();
  const started: number[] = [];
  const take = takeTurns((n: number) => {
    started.push(n);
    return new Promise<number>((resolve, reject) =>
      ends.set(n, () => (n === 1 ? reject(new Error('failed')) : resolve(n))),
    );
  }, 2);
  const results = [0, 1, 2, 3].map((n) => take(n).catch(() => 'failed'));
  const end = async (n: number) => {
    ends.get(n)?.();
    await results[n];
  };
  expect(started).toEqual([0, 1]);
  await end(1);
  expect(started).toEqual([0, 1, 2]);
  await end(0);
  expect(started).toEqual([0, 1, 2, 3]);
  await end(2);
  await end(3);
  const last = take(4);
  expect(started).toEqual([0, 1, 2, 3, 4]);
  ends.get(4)?.();
  expect(await Promise.all([...results, last])).toEqual([0, 'failed', 2, 3, 4]);
});
