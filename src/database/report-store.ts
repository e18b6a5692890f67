import { type Knex } from 'knex';
import { type ErrorClass } from '../domain/error-class';
import { type OutcomeKind } from '../domain/outcome';
import { type Verdict } from '../domain/outcome-table';
import { type ReportDimension } from '../domain/report-dimension';
import { DatabaseError } from './database-error';
import { countEndings } from './sql/count-endings';
import { tenantsKnown } from './sql/tenants-known';
import { guardStore } from './with-database-errors';

/** The report took longer than a statement may. */
export class ReportTooSlowError extends Error {
  override readonly name = 'ReportTooSlowError';

  constructor() {
    super('The report took too long and was given up: ask for a shorter window, or group by less.');
  }
}

/** Which messages a report is about: those that ended in a window of time. */
export interface ReportScope {
  /** Absent: all tenants. */
  readonly tenant?: string;
  /** ISO 8601; messages that ended at or after it. */
  readonly since: string;
  /** ISO 8601; messages that ended before it. */
  readonly until: string;
  /** IANA name: whose days are counted. */
  readonly timeZone: string;
  readonly groupBy: readonly ReportDimension[];
}

/** How most messages of a group ended. */
export interface FrequentCause {
  readonly outcome: OutcomeKind;
  readonly errorCode: number | null;
  readonly errorClass: ErrorClass | null;
  readonly count: number;
}

/** Messages that have the same values in all dimensions of the report, and the same verdict. */
export interface CountedGroup {
  /** One for each dimension, in their order; null where a message has none. */
  readonly values: readonly (string | null)[];
  readonly verdict: Exclude<Verdict, 'arrived'>;
  readonly count: number;
  /** All messages of the window that share its values, delivered ones included, as far as a message that arrived can have them. */
  readonly messages: number;
  readonly cause: FrequentCause;
}

/** The endings of a window, counted. */
export interface CountedEndings {
  /** By outcome; a kind that did not occur is absent. */
  readonly outcomes: Readonly<Partial<Record<OutcomeKind, number>>>;
  /** The largest first, failures before what is unproven, and that before what was stopped. */
  readonly groups: readonly CountedGroup[];
  /** How many groups there are; more than `groups` has when there are very many. */
  readonly groupCount: number;
}

/** Counts how messages ended. Throws `DatabaseError` and what a method names. */
export interface ReportStore {
  /** @throws ReportTooSlowError */
  countEndings(scope: ReportScope): Promise<CountedEndings>;
}

/** Query canceled, by its time limit. Source: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const CANCELED = '57014';

/** The endings in this database. They are what is true now: a corrected outcome counts as what it was corrected to. */
export function createReportStore(knex: Knex): ReportStore {
  const store = guardStore<ReportStore>({
    countEndings: async ({ tenant, ...scope }) =>
      countEndings(knex, scope, tenant === undefined ? await tenantsKnown(knex) : [tenant]),
  });
  return {
    countEndings: (scope) =>
      store.countEndings(scope).catch((error: unknown) => {
        throw error instanceof DatabaseError && error.code === CANCELED ? new ReportTooSlowError() : error;
      }),
  };
}
