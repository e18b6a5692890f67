import { DateTime } from 'luxon';
import { isTimeZone } from '../domain/quiet-hours-zones';
import { REPORT_DIMENSIONS, type ReportDimension } from '../domain/report-dimension';
import { type Problem } from '../request/problem';
import { readBeginning, readTime, type ReportWindow } from './report-window';

/** More would make a report read more than it can in a moment. */
export const LONGEST_WINDOW_DAYS = 92;
const USUAL_SINCE = '7d';
const USUAL_GROUPS = 'errorCode';

/** What a report is asked for, as it was written. */
export interface ReportInput {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Names of dimensions, separated by commas. */
  readonly groupBy?: string | undefined;
  readonly timeZone: string;
}

/** A report that can be made. */
export interface ReportRequest {
  /** Its zone is the one whose days are counted. */
  readonly window: ReportWindow;
  readonly groupBy: readonly ReportDimension[];
}

export type ReadReport =
  | { readonly ok: true; readonly request: ReportRequest }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Shorter names that are understood as well. */
const ALSO: Readonly<Record<string, ReportDimension>> = { code: 'errorCode', class: 'errorClass' };

const A_TIME = 'a day such as 2026-01-31, or a moment such as 2026-01-31T08:00:00Z';

/** Reads what a report is asked for. Never throws; finds all problems at once. */
export function readReportRequest(input: ReportInput, now: Date): ReadReport {
  const groupBy = readGroups(input.groupBy ?? USUAL_GROUPS);
  const window = readWindow(input, now);
  const problems = [window, groupBy].flatMap((part) => (isProblem(part) ? [part] : []));
  return isProblem(window) || isProblem(groupBy) ? { ok: false, problems } : { ok: true, request: { window, groupBy } };
}

function isProblem(part: object): part is Problem {
  return 'field' in part;
}

function problem(field: keyof ReportInput, what: string): Problem {
  return { field, message: `${field} ${what}` };
}

function readGroups(text: string): ReportDimension[] | Problem {
  const names = text.split(',').map((name) => name.trim());
  const dimensions = names.flatMap((name) => REPORT_DIMENSIONS.find((known) => known === (ALSO[name] ?? name)) ?? []);
  if (dimensions.length < names.length) {
    const known = REPORT_DIMENSIONS.join(', ');
    return problem('groupBy', `has a name that is not known: give one or more of ${known}, with commas between`);
  }
  return new Set(dimensions).size < dimensions.length
    ? problem('groupBy', 'has a name twice: give each once')
    : dimensions;
}

function readWindow({ since = USUAL_SINCE, timeZone, until }: ReportInput, now: Date): ReportWindow | Problem {
  if (!isTimeZone(timeZone)) {
    return problem('timeZone', 'is not a time zone: give its IANA name, such as Europe/Berlin or America/New_York');
  }
  const end = until === undefined ? DateTime.fromJSDate(now, { zone: timeZone }) : readTime(until, timeZone);
  if (end?.isValid !== true) {
    return problem('until', `is not a time: give ${A_TIME}`);
  }
  const begin = readBeginning(since, end);
  if (begin === undefined) {
    return problem('since', `is not a time: give days such as 7d, hours such as 24h, ${A_TIME}`);
  }
  if (begin >= end) {
    const what = until === undefined ? 'the present moment, as no until is given' : 'until';
    return problem('since', `is not before ${what}: give an earlier since, or a later until`);
  }
  return begin.plus({ days: LONGEST_WINDOW_DAYS }) < end
    ? problem(
        'since',
        `is more than ${LONGEST_WINDOW_DAYS} days before the end: give a later since, or an earlier until`,
      )
    : { since: begin, until: end };
}
