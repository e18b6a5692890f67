import { readQuietHours } from '../../src/config/quiet-hours';
import { CATEGORIES } from '../../src/domain/category';
import { QUIET_HOURS } from '../../src/domain/quiet-hours-table';
import { describeWindow } from '../../src/domain/quiet-hours-window';
import { codeBlock, readDocument, section, tableRows } from './markdown';

const document = readDocument('docs/time.md');

test('docs/time.md has the windows as the code has them, and no other', () => {
  const cellsOf = ({ country, medium, source, windows }: (typeof QUIET_HOURS)[number]): string[] => [
    country,
    medium,
    ...CATEGORIES.map((category) => {
      const window = windows[category];
      return window === undefined ? '' : window === null ? 'any time' : describeWindow(window);
    }),
    source,
  ];
  expect(tableRows(section(document, 'quiet-hours'))).toEqual(QUIET_HOURS.map(cellsOf));
});

test('the example of POSTHORN_QUIET_HOURS is taken', () => {
  const rows = readQuietHours(codeBlock(section(document, 'quiet-hours-example'), 'json'));
  expect(rows.filter(({ windows }) => Object.keys(windows).length > 0)).toHaveLength(3);
});
