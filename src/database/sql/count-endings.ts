import { type Knex } from 'knex';
import { OUTCOME_KINDS } from '../../domain/outcome';
import { OUTCOME_TABLE, type Verdict, VERDICTS } from '../../domain/outcome-table';
import { dividesAll, type ReportDimension } from '../../domain/report-dimension';
import { type CountedEndings, type CountedGroup, type ReportScope } from '../report-store';

/** More groups than that are no report; how many there are is told all the same. */
const MOST_GROUPS = 10_000;

const COLUMNS: Readonly<Record<ReportDimension, string>> = {
  errorCode: 'messages.error_code',
  errorClass: 'messages.error_class',
  outcome: 'messages.outcome_kind',
  channel: 'messages.outcome_channel',
  sender: 'messages.outcome_sender',
  country: 'messages.outcome_country',
  category: 'messages.category',
  day: 'cast(messages.closed_at at time zone :timeZone as date)',
};

const verdictOf = `case ${OUTCOME_KINDS.map((kind) => `when kind = '${kind}' then '${OUTCOME_TABLE[kind].verdict}'`).join(' ')} end`;

/**
 * One pass over the index of endings makes cells: one for each combination that occurs. All else is counted from these,
 * which are few, so that count and share of a group are of one and the same moment.
 */
function statement(groupBy: readonly ReportDimension[]): string {
  const names = groupBy.map((_, index) => `d${index}`);
  const shared = groupBy.flatMap((dimension, index) => (dividesAll(dimension) ? [`d${index}`] : []));
  const selected = groupBy.map((dimension, index) => `${COLUMNS[dimension]} as d${index}`);
  const keys = [...selected, ...CAUSE.map(({ name, column }) => `${column} as ${name}`)];
  const values = `array[${names.map((name) => `cast(${name} as text)`).join(', ')}]::text[]`;
  return `
  with cells as (
    select ${keys.join(', ')}, count(*) as n
    from messages
    where messages.tenant = any(cast(:tenants as text[])) and messages.closed_at is not null
      and messages.closed_at >= cast(:since as timestamptz) and messages.closed_at < cast(:until as timestamptz)
    group by ${keys.map((_, index) => index + 1).join(', ')}
  ), judged as (
    select cells.*, ${verdictOf} as verdict, sum(n) over (${shared.length === 0 ? '' : `partition by ${shared.join(', ')}`}) as messages
    from cells
  ), groups as (
    select ${values} as "values", verdict, cast(sum(n) as double precision) as count, cast(min(messages) as double precision) as messages,
      (array_agg(jsonb_build_object('outcome', kind, 'errorCode', code, 'errorClass', class, 'count', n) order by n desc, kind, code))[1] as cause
    from judged
    where verdict <> 'arrived'
    group by 1, 2
  ), largest as (
    select groups.* from groups order by groups.count desc, groups."values" limit ${MOST_GROUPS}
  )
  select (select cast(count(*) as integer) from groups) as "groupCount",
    (select coalesce(jsonb_object_agg(ends.kind, ends.n), '{}') from (select kind, sum(n) as n from cells group by kind) ends) as "outcomes",
    (select coalesce(jsonb_agg(to_jsonb(largest) order by largest.count desc, largest."values"), '[]') from largest) as "groups"`;
}

const CAUSE = [
  { name: 'kind', column: COLUMNS.outcome },
  { name: 'code', column: COLUMNS.errorCode },
  { name: 'class', column: COLUMNS.errorClass },
] as const;

/** `ReportStore.countEndings`. */
export async function countEndings(
  knex: Knex,
  { groupBy, since, timeZone, until }: Omit<ReportScope, 'tenant'>,
  tenants: readonly string[],
): Promise<CountedEndings> {
  const needsZone = groupBy.includes('day');
  const bindings = { tenants, since, until, ...(needsZone && { timeZone }) };
  // Not prepared: a plan that is made without knowing the window takes it for a small one, and reads alone what workers could share.
  const { rows } = await knex.raw<{ rows: CountedEndings[] }>(statement(groupBy), bindings);
  const [counted] = rows;
  if (counted === undefined) {
    throw new Error('a statement that always has a row gave none');
  }
  return { ...counted, groups: counted.groups.toSorted(byVerdict) };
}

function byVerdict(a: CountedGroup, b: CountedGroup): number {
  return place(a.verdict) - place(b.verdict);
}

function place(verdict: Verdict): number {
  return VERDICTS.indexOf(verdict);
}
