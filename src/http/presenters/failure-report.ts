import {
  type CountedEndings,
  type CountedGroup,
  type FrequentCause,
  type ReportScope,
} from '../../database/report-store';
import { explainOutcome } from '../../domain/explain-outcome';
import { type OutcomeKind } from '../../domain/outcome';
import { OUTCOME_TABLE, type Verdict, VERDICTS } from '../../domain/outcome-table';
import { type ReportDimension } from '../../domain/report-dimension';

/** All messages that ended in the window. */
export interface ReportTotalsView extends Readonly<Record<Verdict, number>> {
  readonly messages: number;
  /** Failures among all messages, from 0 to 1; null when there was no message. */
  readonly failureRate: number | null;
  /** By outcome; a kind that did not occur is absent. */
  readonly outcomes: Readonly<Partial<Record<OutcomeKind, number>>>;
}

/** Messages that did not arrive and have the same values in what the report is grouped by; these are members of the row too. */
export interface FailureRowView extends Readonly<Partial<Record<ReportDimension, string | number | null>>> {
  readonly verdict: CountedGroup['verdict'];
  readonly count: number;
  /** All messages of the window with the same channel, sender, country, category and day, as far as these are grouped by. */
  readonly messages: number;
  /** `count` of `messages`, from 0 to 1. */
  readonly share: number;
  /** How most of them ended. */
  readonly mostly: FrequentCause;
  /** Why those ended so. */
  readonly reason: string;
  readonly remedy: string;
}

/** A failure report as the API shows it. */
export interface FailureReportView {
  /** ISO 8601 in UTC. */
  readonly since: string;
  /** ISO 8601 in UTC; not part of the window. */
  readonly until: string;
  readonly timeZone: string;
  readonly groupBy: readonly ReportDimension[];
  readonly totals: ReportTotalsView;
  readonly rows: readonly FailureRowView[];
  /** How many rows there are; more than `rows` has when there are too many to show. */
  readonly totalRows: number;
}

/** Enough to tell 1 in 100,000. */
const SHARE_DIGITS = 6;

/** Shows the endings of a window. */
export function presentReport(scope: ReportScope, { groupCount, groups, outcomes }: CountedEndings): FailureReportView {
  const { groupBy, since, timeZone, until } = scope;
  const rows = groups.map((group) => presentGroup(groupBy, group));
  return { since, until, timeZone, groupBy, totals: presentTotals(outcomes), rows, totalRows: groupCount };
}

/** Adds outcomes up by what they mean. */
export function presentTotals(outcomes: CountedEndings['outcomes']): ReportTotalsView {
  const counts = Object.entries(outcomes) as [OutcomeKind, number][];
  const sumOf = (verdict: Verdict): number =>
    counts.reduce((sum, [kind, count]) => (OUTCOME_TABLE[kind].verdict === verdict ? sum + count : sum), 0);
  const sums = Object.fromEntries(VERDICTS.map((verdict) => [verdict, sumOf(verdict)])) as Record<Verdict, number>;
  const messages = counts.reduce((sum, [, count]) => sum + count, 0);
  return { messages, ...sums, failureRate: messages === 0 ? null : shareOf(sums.failure, messages), outcomes };
}

function presentGroup(groupBy: readonly ReportDimension[], group: CountedGroup): FailureRowView {
  const { cause, count, messages, values, verdict } = group;
  const { errorCode, outcome } = cause;
  const named = groupBy.map((name, index) => [name, valueOf(name, values[index] ?? null)]);
  return {
    ...(Object.fromEntries(named) as Partial<Record<ReportDimension, string | number | null>>),
    verdict,
    count,
    messages,
    share: shareOf(count, messages),
    mostly: cause,
    ...explainOutcome({ kind: outcome, ...(errorCode === null ? {} : { errorCode }) }),
  };
}

function valueOf(name: ReportDimension, value: string | null): string | number | null {
  return name === 'errorCode' && value !== null ? Number(value) : value;
}

function shareOf(count: number, all: number): number {
  return Number((count / all).toFixed(SHARE_DIGITS));
}
