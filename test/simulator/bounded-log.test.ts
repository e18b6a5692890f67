import fc from 'fast-check';
import { createBoundedLog } from '../../src/simulator/logs/bounded-log';

test('keeps the newest entries, numbered without gaps', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(30), fc.nat(35), fc.nat(10), (capacity, count, since, limit) => {
      const log = createBoundedLog<{ readonly value: number }>(capacity);
      for (let value = 1; value <= count; value += 1) {
        log.append({ value });
      }
      const all = Array.from({ length: count }, (_, index) => index + 1).slice(-capacity);
      const wanted = all.filter((value) => value > since);

      expect(log.entries().map(({ value }) => value)).toEqual(all);
      expect(log.entries({ since, limit }).map(({ sequence }) => sequence)).toEqual(
        limit === 0 ? [] : wanted.slice(-limit),
      );
      expect([log.total(), log.dropped()]).toEqual([count, Math.max(0, count - capacity)]);
    }),
  );
});

test('a cleared log starts again', () => {
  const log = createBoundedLog<{ readonly value: string }>(3);
  log.append({ value: 'old' });
  log.clear();

  expect(log.append({ value: 'new' }).sequence).toBe(1);
  expect(log.entries()).toHaveLength(1);
});
