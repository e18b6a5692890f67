import { stringify } from 'csv-stringify/sync';
import { type FailureReportView, type FailureRowView } from '../http/presenters/failure-report';

/** What a spreadsheet may run. A sender begins with a plus and is a number all the same: it stays as it is. */
const FORMULA = /^(?!\+\d+$)[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

const FIXED = [
  'verdict',
  'count',
  'messages',
  'share',
  'mostlyOutcome',
  'mostlyErrorCode',
  'mostlyErrorClass',
  'mostlyCount',
  'reason',
  'remedy',
] as const;

/** A report as CSV (RFC 4180) with a header row: what it is grouped by, then the figures, then the words. */
export function reportCsv({ groupBy, rows }: FailureReportView): string {
  return stringify([[...groupBy, ...FIXED], ...rows.map((row) => cellsOf(groupBy, row))], {
    cast: { string: guarded },
  });
}

function cellsOf(groupBy: FailureReportView['groupBy'], row: FailureRowView): (string | number | null)[] {
  const { count, messages, mostly, reason, remedy, share, verdict } = row;
  const cause = [mostly.outcome, mostly.errorCode, mostly.errorClass, mostly.count];
  return [...groupBy.map((name) => row[name] ?? null), verdict, count, messages, share, ...cause, reason, remedy];
}

/** An apostrophe makes a text of it. Source: https://owasp.org/www-community/attacks/CSV_Injection */
function guarded(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}
