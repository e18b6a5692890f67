import { type Knex } from 'knex';
import { type OptOutStatement, type RecordedCount } from '../opt-out-store';
import { queryOne } from '../rows';
import { OPT_OUT_INPUT, optOutInput } from './opt-out-input';

/** What decides between statements of one address and scope, the first difference first; true is greater than false. */
const ORDER = ['at', 'opted_out', 'source', 'evidence'];
const rankOf = (row: string): string => `(${ORDER.map((column) => `${row}.${column}`).join(', ')})`;

const SCOPE = 'address, sender, channel, category';
const SAID = `${SCOPE}, opted_out, source, evidence, actor, reason, at`;

/**
 * The state follows the greatest statement by `ORDER` (time, stop before start, source, evidence): a total order,
 * so the state depends on the set of statements and not on the order in which they came.
 * Rows go in by the order of their keys, so that two runs never wait for each other in a circle.
 */
const SQL = `
  with input as (${OPT_OUT_INPUT}), added as (
    insert into opt_out_history (${SAID})
    select ${SAID}
    from input
    order by ${SCOPE}, source, evidence, opted_out, position
    on conflict do nothing
    returning *
  ), newest as (
    select distinct on (${SCOPE}) ${SAID}
    from added
    order by ${SCOPE}, ${ORDER.map((column) => `${column} desc`).join(', ')}
  ), moved as (
    insert into opt_outs (${SAID})
    select ${SAID}
    from newest
    on conflict (${SCOPE}) do update set
      opted_out = excluded.opted_out, source = excluded.source, evidence = excluded.evidence, actor = excluded.actor,
      reason = excluded.reason, at = excluded.at
    where ${rankOf('excluded')} > ${rankOf('opt_outs')}
    returning opt_out_id
  )
  select (select cast(count(*) as integer) from added) as "added",
    (select cast(count(*) as integer) from moved) as "moved"`;

/** `OptOutStore.record` and `OptOutStore.recordAll`: one statement, whole or not at all. */
export async function recordOptOuts(knex: Knex, statements: readonly OptOutStatement[]): Promise<RecordedCount> {
  return statements.length === 0 ? { added: 0, moved: 0 } : queryOne<RecordedCount>(knex, SQL, optOutInput(statements));
}
