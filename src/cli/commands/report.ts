import { type Command, Option } from 'commander';
import { createReportStore } from '../../database/report-store';
import { presentReport } from '../../http/presenters/failure-report';
import { reportCsv } from '../../reports/report-csv';
import { readReportRequest, type ReportInput, type ReportRequest } from '../../reports/report-request';
import { reportScope } from '../../reports/report-scope';
import { type CliContext } from '../cli-context';
import { describeReport } from '../describe-report';
import { localTimeZone } from '../local-time';
import { readReportPicture } from '../report-picture';
import { requireDatabase } from '../require-database';
import { terminalOf } from '../terminal';
import { UsageError } from '../usage-error';
import { withOperator } from '../with-operator';

interface FailuresOptions extends Pick<ReportInput, 'since' | 'until' | 'timeZone'> {
  readonly by: string;
  readonly tenant?: string;
  readonly csv: boolean;
  readonly json: boolean;
}

/** The options behind the fields that a problem may name. */
const OPTIONS: Readonly<Record<string, string>> = {
  since: '--since',
  until: '--until',
  groupBy: '--by',
  timeZone: '--time-zone',
};

/** `posthorn report` */
export function addReport(program: Command, context: CliContext): void {
  program
    .command('report')
    .description('Counts how messages ended.')
    .command('failures')
    .summary('count what did not arrive, and say why')
    .description(
      'Counts messages that did not arrive, with the reason in words and what to do next: a picture of the days,\n' +
        'beside the same time before. What an opt-out, an expiry or a cancellation stopped is shown apart from failures.',
    )
    .option(
      '--since <time>',
      'days such as 7d, hours such as 24h, a day, or a moment such as 2026-01-31T08:00:00Z',
      '7d',
    )
    .option('--until <time>', 'a day or a moment, which is not part of it; without it now')
    .option(
      '--by <names>',
      'what to count by: code, class, outcome, channel, sender, country, category, day; several with commas between',
      'code',
    )
    .option('--tenant <name>', 'only messages of this tenant')
    .option('--time-zone <name>', 'whose days are counted, such as Europe/Berlin', localTimeZone())
    .addOption(new Option('--csv', 'print it as CSV').default(false).conflicts('json'))
    .option('--json', 'print it as GET /v1/reports/failures answers', false)
    .action((options: FailuresOptions) => reportFailures(context, options));
}

async function reportFailures(context: CliContext, options: FailuresOptions): Promise<void> {
  const { csv, json, tenant } = options;
  const request = requestOf(options);
  await withOperator(context.readEnvironment(), async ({ knex }) => {
    await requireDatabase(knex);
    const reports = createReportStore(knex);
    if (!csv && !json) {
      context.write(describeReport(await readReportPicture(reports, request, tenant), terminalOf(context.output)));
      return;
    }
    const scope = reportScope(request.window, request.groupBy, tenant);
    const report = presentReport(scope, await reports.countEndings(scope));
    context.write(csv ? reportCsv(report) : `${JSON.stringify(report, null, 2)}\n`);
  });
}

/** @throws UsageError that lists every problem. */
function requestOf({ by, since, timeZone, until }: FailuresOptions): ReportRequest {
  const read = readReportRequest({ since, until, timeZone, groupBy: by }, new Date());
  if (!read.ok) {
    const lines = read.problems.map(({ field, message }) => `${OPTIONS[field] ?? field}${message.slice(field.length)}`);
    throw new UsageError(lines.join('\n'));
  }
  return read.request;
}
