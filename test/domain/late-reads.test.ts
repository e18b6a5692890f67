import { LATE_READS_AFTER_MS, nextLateReadAfterMs } from '../../src/domain/late-reads';

/** The late reads of a message, each made so long after it was due. */
function readsOf(delayMs: number): number[] {
  const reads: number[] = [];
  for (
    let next: number | undefined = LATE_READS_AFTER_MS[0];
    next !== undefined;
    next = nextLateReadAfterMs(next + delayMs)
  ) {
    reads.push(next);
  }
  return reads;
}

test('late reads grow apart and come to an end', () => {
  const reads = readsOf(1_000);
  const pauses = reads.map((afterMs, index) => afterMs - (reads[index - 1] ?? 0));
  expect(reads).toEqual(LATE_READS_AFTER_MS);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
});

test('those of a day are few', () => {
  expect(readsOf(1_000).filter((afterMs) => afterMs <= 24 * 3_600_000)).toHaveLength(4);
});

test('what an outage swallowed is not made up for', () => {
  const twoHoursMs = 2 * 3_600_000;
  expect(readsOf(twoHoursMs)).toEqual([600_000, 6 * 3_600_000, 24 * 3_600_000, 72 * 3_600_000]);
  expect(nextLateReadAfterMs(365 * 24 * 3_600_000)).toBeUndefined();
});
