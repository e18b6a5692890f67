import { z } from 'zod';
import { type ReportStore } from '../../../database/report-store';
import { readReportRequest } from '../../../reports/report-request';
import { reportCsv } from '../../../reports/report-csv';
import { reportScope } from '../../../reports/report-scope';
import { expectation, expectOneOf } from '../../../request/expectation';
import { strictObject } from '../../../request/strict-object';
import { type AppContext, tenantOf } from '../../app-context';
import { presentReport } from '../../presenters/failure-report';
import { invalid, validateQuery } from '../../validate';

const FORMATS = ['json', 'csv'] as const;

const querySchema = strictObject('query parameters', {
  since: z.string({ error: expectation('one time') }).optional(),
  until: z.string({ error: expectation('one time') }).optional(),
  groupBy: z.string({ error: expectation('names with commas between, once') }).optional(),
  timeZone: z.string({ error: expectation('one time zone') }).default('UTC'),
  format: z.enum(FORMATS, { error: expectOneOf(FORMATS) }).optional(),
});

/** GET /v1/reports/failures: what did not arrive, counted; JSON, or CSV when `format` or Accept ask for it. */
export function reportFailures(deps: { readonly reports: ReportStore; readonly now: () => number }) {
  return async function reportFailures(context: AppContext): Promise<void> {
    const { format, ...input } = validateQuery(querySchema, context);
    const read = readReportRequest(input, new Date(deps.now()));
    if (!read.ok) {
      throw invalid(read.problems, 'query');
    }
    const { groupBy, window } = read.request;
    const scope = reportScope(window, groupBy, tenantOf(context));
    const report = presentReport(scope, await deps.reports.countEndings(scope));
    context.vary('Accept');
    if ((format ?? context.accepts('json', 'csv')) !== 'csv') {
      context.body = report;
      return;
    }
    const days = [window.since, window.until.minus({ milliseconds: 1 })].map((time) => time.toISODate());
    context.body = reportCsv(report);
    context.type = 'text/csv; charset=utf-8; header=present';
    context.set('Content-Disposition', `attachment; filename="failures-${days.join('-to-')}.csv"`);
  };
}
