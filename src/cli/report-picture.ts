import { DateTime } from 'luxon';
import { type CountedEndings, type ReportStore } from '../database/report-store';
import { presentReport, presentTotals } from '../http/presenters/failure-report';
import { type ReportRequest } from '../reports/report-request';
import { reportScope } from '../reports/report-scope';
import { daysOf, lengthInDays, windowBefore } from '../reports/report-window';
import { type DayFailures, type ReportPicture } from './describe-report';

/** Counts what the picture shows: the report itself, its days, and the same length of time before. */
export async function readReportPicture(
  reports: ReportStore,
  { groupBy, window }: ReportRequest,
  tenant: string | undefined,
): Promise<ReportPicture> {
  const scope = reportScope(window, groupBy, tenant);
  const counted = await reports.countEndings(scope);
  const byDay = await reports.countEndings({ ...scope, groupBy: ['day'] });
  const before = await reports.countEndings(reportScope(windowBefore(window), [], tenant));
  return {
    report: presentReport(scope, counted),
    days: daysOf(window).map((day) => failuresOf(day, byDay)),
    before: presentTotals(before.outcomes),
    lengthInDays: lengthInDays(window),
    tenant,
  };
}

function failuresOf(day: string, { groups }: CountedEndings): DayFailures {
  const found = groups.find(({ values, verdict }) => verdict === 'failure' && values[0] === day);
  const label = DateTime.fromISO(day, { zone: 'UTC', locale: 'en' }).toFormat('ccc yyyy-MM-dd');
  return { label, failures: found?.count ?? 0, messages: found?.messages ?? 0 };
}
