import { type Knex } from 'knex';
import { createReportStore, type ReportScope } from '../../src/database/report-store';
import { type BenchContext } from '../bench-context';
import { describePlan } from '../plans/describe-plan';
import { measurePlan } from '../plans/measured-plan';
import { type Measurement } from '../report/measurement';
import { type Section } from '../report/section';
import { createScratchDatabase } from '../scratch-database';
import { median } from '../statistics/median';
import { percentile } from '../statistics/percentile';
import { fillMessages, rewriteThird, TENANT } from './fill-messages';

const ROWS = 1_000_000;
const ROWS_QUICK = 20_000;
const ROUNDS = 7;
const ROUNDS_QUICK = 3;
const DAY_MS = 86_400_000;
const DAYS = 7;
const BYTES_PER_MIB = 1024 ** 2;

const BY_CODE_AND_CHANNEL: ReportScope['groupBy'] = ['errorCode', 'channel'];

/** What is asked for: words for the table, and what is counted by over how many days. */
const QUESTIONS: readonly { readonly name: string; readonly days: number; readonly groupBy: ReportScope['groupBy'] }[] =
  [
    { name: 'by code', days: DAYS, groupBy: ['errorCode'] },
    { name: 'by code and channel', days: DAYS, groupBy: BY_CODE_AND_CHANNEL },
    {
      name: 'by code, channel, sender, country, category and day',
      days: DAYS,
      groupBy: ['errorCode', 'channel', 'sender', 'country', 'category', 'day'],
    },
    { name: 'by code and channel, one day of them', days: 1, groupBy: BY_CODE_AND_CHANNEL },
  ];

/** What a failure report costs when very many messages have ended in its window. */
export async function measureReports({ isQuick, progress, resources, servers }: BenchContext): Promise<Section> {
  const rows = isQuick ? ROWS_QUICK : ROWS;
  const rounds = isQuick ? ROUNDS_QUICK : ROUNDS;
  const scratch = await createScratchDatabase(servers.databaseUrl, 'reports');
  const { knex } = scratch;
  resources.add('database of the reports', () => scratch.drop());
  const until = new Date();
  await fillMessages(knex, { rows, since: daysBefore(until, DAYS), until, progress });
  const measurements: Measurement[] = [await sizeOfIndex(knex, rows)];
  for (const { days, groupBy, name } of QUESTIONS) {
    const scope = scopeOf(groupBy, daysBefore(until, days), until);
    measurements.push(await measureReport(knex, { name, scope, rounds }));
    progress(`reports: ${name}`);
  }
  await rewriteThird(knex);
  const scope = scopeOf(BY_CODE_AND_CHANNEL, daysBefore(until, DAYS), until);
  const name = 'by code and channel, a third rewritten';
  measurements.push(
    await measureReport(knex, { name: `${name}, the first time`, scope, rounds: 1 }),
    await measureReport(knex, { name, scope, rounds }),
  );
  return {
    title: 'failure reports',
    method: [
      `${rows} messages of one tenant that ended within ${DAYS} days are generated in a database of its own. Each report is counted ${rounds} times, one after the other, and the median is told. The plan is that of one more time, as \`explain (analyze, buffers)\` tells it, in short; the file of the results has all of it.`,
      'Then every third message is written again, and nothing is vacuumed.',
    ],
    measurements,
  };
}

function daysBefore(moment: Date, days: number): Date {
  return new Date(moment.getTime() - days * DAY_MS);
}

function scopeOf(groupBy: ReportScope['groupBy'], since: Date, until: Date): ReportScope {
  return { tenant: TENANT, since: since.toISOString(), until: until.toISOString(), timeZone: 'UTC', groupBy };
}

/** Counts one report again and again. */
async function measureReport(
  knex: Knex,
  { name, rounds, scope }: { readonly name: string; readonly scope: ReportScope; readonly rounds: number },
): Promise<Measurement> {
  const reports = createReportStore(knex);
  const tookMs: number[] = [];
  const counted = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    const { groupCount, outcomes } = await reports.countEndings(scope);
    tookMs.push(performance.now() - startedAt);
    const endings = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
    counted.add(`${endings.toLocaleString('en')} endings in ${groupCount.toLocaleString('en')} groups`);
  }
  const plan = await measurePlan(knex, () => reports.countEndings(scope));
  return {
    name,
    value: median(tookMs),
    unit: 'ms',
    note: `${[...counted].join(', ')}; ${Math.round(percentile(tookMs, 0))} to ${Math.round(percentile(tookMs, 1))} ms; ${describePlan(plan)}`,
    data: { tookMs, plan },
  };
}

async function sizeOfIndex(knex: Knex, rows: number): Promise<Measurement> {
  const { rows: sizes } = await knex.raw<{ rows: { readonly bytes: string }[] }>(
    `select pg_relation_size('messages_by_end') as bytes`,
  );
  const bytes = Number(sizes[0]?.bytes ?? 0);
  return {
    name: 'index messages_by_end',
    value: bytes / BYTES_PER_MIB,
    unit: 'MiB',
    note: `${Math.round(bytes / rows)} bytes a message`,
  };
}
