import { describeTarget, isMet, type Target } from '../../bench/report/measurement';
import { resultsTable } from '../../bench/report/results-table';

describe('isMet', () => {
  it.each<[Target | undefined, number, boolean]>([
    [{ atLeast: 0.7 }, 0.7, true],
    [{ atLeast: 0.7 }, 0.69, false],
    [{ atMost: 6 }, 6, true],
    [{ atMost: 6 }, 7, false],
    [{ below: 250 }, 249.9, true],
    [{ below: 250 }, 250, false],
    [undefined, -1, true],
  ])('%j with %d: %s', (target, value, expected) => {
    expect(isMet(target === undefined ? { value } : { value, target })).toBe(expected);
  });
});

describe('resultsTable', () => {
  it('marks what is missed and leaves alone what has no target', () => {
    const measurements = [
      { name: 'good', value: 0.9, unit: '', target: { atLeast: 0.7 } },
      { name: 'bad', value: 0.5, unit: '', target: { atLeast: 0.7 } },
      { name: 'plain', value: 1234, unit: 'a second' },
    ];
    const lines = resultsTable([{ title: 'ratios', method: [], measurements }]).split('\n');
    const line = (name: string): string => lines.find((text) => text.includes(name)) ?? '';
    expect(line('good')).toMatch(/0\.90.*≥ 0\.7.*met/);
    expect(line('bad')).toMatch(/0\.50.*≥ 0\.7.*MISSED/);
    expect(line('plain')).toMatch(/1,234 a second/);
    expect(line('plain')).not.toMatch(/met|MISSED/);
  });
});

it('describes each kind of target', () => {
  expect([{ atLeast: 1 }, { atMost: 2 }, { below: 3 }].map((target) => describeTarget(target as Target))).toEqual([
    '≥ 1',
    '≤ 2',
    '< 3',
  ]);
});
