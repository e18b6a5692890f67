import { type FailureReportView, type FailureRowView, type ReportTotalsView } from '../http/presenters/failure-report';
import { OUTCOME_KINDS, type OutcomeKind } from '../domain/outcome';
import { type Verdict, VERDICTS } from '../domain/outcome-table';
import { type BarLine, barLines } from './bar-lines';
import { changeText, countText, shareText } from './figures';
import { localTime } from './local-time';
import { createTable } from './table';
import { type Terminal } from './terminal';
import { wrapText } from './wrap-text';

/** All that the picture shows. */
export interface ReportPicture {
  /** By what the operator asked for. */
  readonly report: FailureReportView;
  /** Failures of each day of the window, in their order. */
  readonly days: readonly DayFailures[];
  /** The same length of time before. */
  readonly before: ReportTotalsView;
  /** How long the window is. */
  readonly lengthInDays: number;
  /** Undefined for all tenants. */
  readonly tenant: string | undefined;
}

export interface DayFailures {
  /** `Sat 2026-11-14` */
  readonly label: string;
  readonly failures: number;
  /** All messages that ended on it, where there were failures. */
  readonly messages: number;
}

const DAYS_IN_WEEK = 7;
/** More than a person reads; CSV and JSON have them all. */
const MOST_ROWS = 15;
const INDENT = '    ';

const TITLES: Readonly<Record<Verdict, string>> = {
  arrived: 'Arrived',
  failure: 'Failures',
  unproven: 'Unproven',
  stopped: 'Stopped',
};

/** A failure report for a person in front of a terminal: figures beside those of before, bars by day and by group. */
export function describeReport(picture: ReportPicture, terminal: Terminal): string {
  const { days, report, tenant } = picture;
  const { paint } = terminal;
  const [from, to] = [report.since, report.until].map((iso) =>
    localTime(iso, report.timeZone).slice(0, 'YYYY-MM-DD HH:MM'.length),
  );
  const whose = tenant === undefined ? 'all tenants' : tenant;
  const lines = [
    paint.strong(`Failures of ${whose}`),
    `Messages that ended from ${from ?? ''} until ${to ?? ''}, days of ${report.timeZone}.`,
    '',
    totalsTable(picture),
    ...(report.totals.messages === 0 ? [] : wrapText(outcomesOf(report.totals), terminal.width)),
    '',
  ];
  if (report.totals.messages === report.totals.arrived) {
    return [...lines, report.totals.messages === 0 ? 'No message ended.' : 'Every message arrived.', ''].join('\n');
  }
  const byDay = days.map(({ failures, label, messages }) => ({ label, count: failures, whole: messages }));
  return [
    ...lines,
    paint.strong('Failures by day'),
    ...barLines(byDay, terminal, paint.bad),
    '',
    ...VERDICTS.flatMap((verdict) => section(report, verdict, terminal)),
  ].join('\n');
}

function totalsTable({ before, lengthInDays, report: { totals } }: ReportPicture): string {
  const table = createTable(['', 'messages', 'share', timeBefore(lengthInDays), 'share', 'change']);
  const add = (title: string, name: Verdict | 'messages'): void => {
    const [now, then] = [totals[name], before[name]];
    const shares = name === 'messages' ? ['', ''] : [shareText(now, totals.messages), shareText(then, before.messages)];
    table.push([title, countText(now), shares[0], countText(then), shares[1], changeText(now, then)]);
  };
  add('Ended', 'messages');
  VERDICTS.forEach((verdict) => add(TITLES[verdict], verdict));
  return table.toString();
}

function timeBefore(days: number): string {
  if (days === 1) {
    return 'the day before';
  }
  return days === DAYS_IN_WEEK ? 'the week before' : `the ${days} days before`;
}

/** The outcomes behind the figures, as long as there are any. */
function outcomesOf({ outcomes }: ReportTotalsView): string {
  const kinds = Object.entries(outcomes) as [OutcomeKind, number][];
  const places = kinds.toSorted(([a], [b]) => OUTCOME_KINDS.indexOf(a) - OUTCOME_KINDS.indexOf(b));
  return `Outcomes: ${places.map(([kind, count]) => `${kind} ${countText(count)}`).join(', ')}.`;
}

function section(report: FailureReportView, verdict: Verdict, terminal: Terminal): string[] {
  const rows = report.rows.filter((row) => row.verdict === verdict);
  const shown = rows.slice(0, MOST_ROWS);
  if (shown.length === 0) {
    return [];
  }
  const { paint, width } = terminal;
  const bars = barLines(
    shown.map((row) => lineOf(report, row)),
    terminal,
    verdict === 'failure' ? paint.bad : paint.strong,
  );
  const more = rows.length - shown.length;
  return [
    paint.strong(`${TITLES[verdict]} by ${report.groupBy.join(', ')}`),
    ...shown.flatMap((row, index) => [
      bars[index] ?? '',
      ...wrapText(wordsOf(row), width - INDENT.length).map((line) => paint.quiet(`${INDENT}${line}`)),
    ]),
    ...(more === 0 ? [] : [`${countText(more)} more: --csv or --json has them all.`]),
    '',
  ];
}

function lineOf({ groupBy }: FailureReportView, row: FailureRowView): BarLine {
  const label = groupBy.map((name) => String(row[name] ?? `no ${name}`)).join(' · ');
  return { label, count: row.count, whole: row.messages };
}

/** Of a group that ended for several reasons: the one of most of them. */
function wordsOf({ count, mostly, reason, remedy }: FailureRowView): string {
  const code = mostly.errorCode === null ? mostly.outcome : `${mostly.outcome}, error ${mostly.errorCode}`;
  const which = mostly.count < count ? `mostly (${countText(mostly.count)}) ${code}` : code;
  return `${which}: ${reason}. ${remedy}`;
}
