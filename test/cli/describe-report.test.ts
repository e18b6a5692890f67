import { Writable } from 'node:stream';
import { bar } from '../../src/cli/bar';
import { barLines } from '../../src/cli/bar-lines';
import { describeReport, type ReportPicture } from '../../src/cli/describe-report';
import { changeText, shareText } from '../../src/cli/figures';
import { terminalOf } from '../../src/cli/terminal';
import { wrapText } from '../../src/cli/wrap-text';
import { type FailureRowView, presentTotals } from '../../src/http/presenters/failure-report';

function outputOf(terminal: { readonly columns?: number; readonly colours?: boolean }): Writable {
  const { colours = false, columns } = terminal;
  return Object.assign(new Writable(), { isTTY: true, columns, hasColors: () => colours });
}

const plain = (columns?: number) => terminalOf(outputOf(columns === undefined ? {} : { columns }));

const row = (code: number | null, more: Partial<FailureRowView> = {}): FailureRowView => ({
  errorCode: code,
  verdict: 'failure',
  count: 6,
  messages: 100,
  share: 0.06,
  mostly: { outcome: 'failed', errorCode: code, errorClass: null, count: 6 },
  reason: 'the carrier gave no reason',
  remedy: 'Nothing to do at once.',
  ...more,
});

const PICTURE: ReportPicture = {
  tenant: 'acme',
  lengthInDays: 7,
  before: presentTotals({ delivered: 77, failed: 3 }),
  days: [
    { label: 'Thu 2026-11-19', failures: 6, messages: 50 },
    { label: 'Fri 2026-11-20', failures: 0, messages: 0 },
  ],
  report: {
    since: '2026-11-18T23:00:00.000Z',
    until: '2026-11-20T17:30:00.000Z',
    timeZone: 'Europe/Berlin',
    groupBy: ['errorCode'],
    totals: presentTotals({ delivered: 90, failed: 6, opted_out: 4 }),
    rows: [
      row(30008),
      row(null, {
        verdict: 'stopped',
        count: 4,
        mostly: { outcome: 'opted_out', errorCode: null, errorClass: null, count: 3 },
      }),
    ],
    totalRows: 2,
  },
};

const linesOf = (picture: ReportPicture, columns?: number) =>
  describeReport(picture, plain(columns))
    .split('\n')
    .map((line) => line.trimEnd());

test('a week in the terminal: figures beside the week before, bars by day and by group, with words', () => {
  expect(linesOf(PICTURE, 60)).toEqual([
    'Failures of acme',
    'Messages that ended from 2026-11-19 00:00 until 2026-11-20 18:30, days of Europe/Berlin.',
    '',
    '          messages  share   the week before  share   change',
    'Ended     100               80                       +25.0 %',
    'Arrived   90        90.0 %  77               96.3 %  +16.9 %',
    'Failures  6         6.0 %   3                3.8 %   +100.0 %',
    'Unproven  0         0.0 %   0                0.0 %',
    'Stopped   4         4.0 %   0                0.0 %',
    'Outcomes: delivered 90, opted_out 4, failed 6.',
    '',
    'Failures by day',
    `Thu 2026-11-19  ${'█'.repeat(33)}  6  12.0 %`,
    `Fri 2026-11-20  ${' '.repeat(33)}  0`,
    '',
    'Failures by errorCode',
    `30008  ${'█'.repeat(43)}  6  6.0 %`,
    '    failed, error 30008: the carrier gave no reason. Nothing',
    '    to do at once.',
    '',
    'Stopped by errorCode',
    `no errorCode  ${'█'.repeat(36)}  4  4.0 %`,
    '    mostly (3) opted_out: the carrier gave no reason.',
    '    Nothing to do at once.',
    '',
  ]);
});

test.each([
  [{ delivered: 3 }, 'Every message arrived.'],
  [{}, 'No message ended.'],
])('%j: %s', (outcomes, expected) => {
  const report = { ...PICTURE.report, totals: presentTotals(outcomes), rows: [] };
  const text = describeReport({ ...PICTURE, tenant: undefined, report }, plain());
  expect(text).toContain(`\n${expected}\n`);
  expect(text).toContain('Failures of all tenants');
  expect(text).not.toContain('by day');
});

test('more than fifteen groups are left to CSV and JSON', () => {
  const rows = Array.from({ length: 17 }, (_none, index) => row(30000 + index));
  const text = describeReport({ ...PICTURE, report: { ...PICTURE.report, rows } }, plain());
  expect(text).toContain('30014');
  expect(text).not.toContain('30015');
  expect(text).toContain('2 more: --csv or --json has them all.');
});

test('colours are used only where the terminal has them, and the text is the same without', () => {
  const coloured = describeReport(PICTURE, terminalOf(outputOf({ colours: true, columns: 60 })));
  expect(coloured).toContain('\u001b[31m█');
  // eslint-disable-next-line no-control-regex -- the escape sequences are what is taken out
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(describeReport(PICTURE, plain(60)));
});

test.each([
  [undefined, 80],
  [0, 80],
  [20, 40],
  [100, 100],
  [500, 120],
])('a terminal of %p columns is drawn on as one of %d', (columns, width) => {
  expect(plain(columns).width).toBe(width);
});

test.each([40, 63, 80, 120])('bars with labels of any length fit into %d columns', (width) => {
  const lines = ['short', 'x'.repeat(200)].map((label, index) => ({ label, count: 1_000 ** index, whole: 5_000 }));
  for (const line of barLines(lines, plain(width), (text) => text)) {
    expect(line.length).toBeLessThanOrEqual(width);
  }
});

test.each([
  [0, 8, 4, '    '],
  [8, 8, 4, '████'],
  [4, 8, 4, '██  '],
  [3, 8, 4, '█▌  '],
  [1, 1_000_000, 4, '▏   '],
  [999_999, 1_000_000, 4, '████'],
  [0, 0, 4, '    '],
])('a bar for %d of %d on %d characters', (value, most, width, expected) => {
  expect(bar(value, most, width)).toBe(expected);
});

test('figures say what they mean', () => {
  expect([shareText(1, 3), shareText(1, 100_000), shareText(0, 9), shareText(0, 0)]).toEqual([
    '33.3 %',
    '<0.1 %',
    '0.0 %',
    '',
  ]);
  expect([changeText(3, 2), changeText(1, 2), changeText(2, 2), changeText(2, 0)]).toEqual([
    '+50.0 %',
    '-50.0 %',
    '±0 %',
    '',
  ]);
});

test('texts are broken between words', () => {
  expect(wrapText('one two three antidisestablishmentarianism', 9)).toEqual([
    'one two',
    'three',
    'antidisestablishmentarianism',
  ]);
});
