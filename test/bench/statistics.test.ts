import { alternate } from '../../bench/statistics/alternate';
import { countBy, describeCounts } from '../../bench/statistics/count-by';
import { median } from '../../bench/statistics/median';
import { pairedRatio } from '../../bench/statistics/paired-ratio';
import { percentile } from '../../bench/statistics/percentile';

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9], 9.5],
  ])('of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('refuses to make one up', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('percentile', () => {
  it('is the smallest value that the share does not exceed', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(percentile(values, 0.99)).toBe(198);
    expect(percentile(values, 0.5)).toBe(100);
    expect(percentile(values, 0)).toBe(1);
    expect(percentile(values, 1)).toBe(200);
  });
});

describe('pairedRatio', () => {
  it('keeps the ratio of a machine that gets slower', () => {
    expect(pairedRatio([80, 40, 20], [100, 50, 25])).toEqual({ ratio: 0.8, ratios: [0.8, 0.8, 0.8] });
  });

  it('takes the median of the rounds, not the ratio of the medians', () => {
    expect(pairedRatio([10, 30, 20], [10, 10, 40]).ratio).toBe(1);
  });

  it('refuses series that do not fit', () => {
    expect(() => pairedRatio([1], [1, 2])).toThrow(RangeError);
  });
});

describe('alternate', () => {
  it('lets the contenders take turns', async () => {
    const order: string[] = [];
    const contender = (name: string) => ({
      name,
      run: () => {
        order.push(name);
        return Promise.resolve(order.length);
      },
    });
    const series = await alternate([contender('a'), contender('b')], 3, () => undefined);
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect(series.get('b')).toEqual([2, 4, 6]);
  });
});

describe('countBy', () => {
  it('counts in the order of first occurrence', () => {
    expect(describeCounts(countBy(['b', 'a', 'b']))).toBe('b 2, a 1');
  });
});
