import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { type FailureReportView, type FailureRowView } from '../../src/http/presenters/failure-report';
import { reportCsv } from '../../src/reports/report-csv';

const ROW: FailureRowView = {
  sender: '+12025550100',
  country: null,
  verdict: 'failure',
  count: 3,
  messages: 12,
  share: 0.25,
  mostly: { outcome: 'failed', errorCode: 30008, errorClass: 'retry', count: 2 },
  reason: 'the carrier gave no reason',
  remedy: 'Nothing to do at once: it usually passes, and posthorn tries again.',
};

function csvOf(rows: readonly FailureRowView[]): string {
  const report = { groupBy: ['sender', 'country'], rows } as unknown as FailureReportView;
  return reportCsv(report);
}

test('has a header row, and a cell for all that a row says', () => {
  expect(csvOf([ROW])).toBe(
    'sender,country,verdict,count,messages,share,mostlyOutcome,mostlyErrorCode,mostlyErrorClass,mostlyCount,reason,remedy\n' +
      '+12025550100,,failure,3,12,0.25,failed,30008,retry,2,the carrier gave no reason,' +
      '"Nothing to do at once: it usually passes, and posthorn tries again."\n',
  );
});

test('without rows it is the header row', () => {
  expect(csvOf([])).toMatch(/^sender,[^\n]*remedy\n$/);
});

test.each(['=1+1', '+1+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '+1202555x', '+12\n=1'])(
  'a cell that a spreadsheet may run is a text: %j',
  (text) => {
    const [, cells] = parse(csvOf([{ ...ROW, sender: text }])) as string[][];
    expect(cells?.[0]).toBe(`'${text}`);
  },
);

test('any text comes back from a reader of CSV, with an apostrophe at most, and never as a formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const [, cells = []] = parse(csvOf([{ ...ROW, reason: text }]), { relax_column_count: false }) as string[][];
      const cell = cells[10] ?? '';
      expect([text, `'${text}`]).toContain(cell);
      expect(cell).not.toMatch(/^[=@\-\t]/);
    }),
  );
});
