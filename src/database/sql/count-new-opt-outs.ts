import { type Knex } from 'knex';
import { type OptOutStatement } from '../opt-out-store';
import { queryOne } from '../rows';
import { OPT_OUT_INPUT, optOutInput } from './opt-out-input';

/** Looked up address by address: an index cannot tell nulls that count as equal. */
const SQL = `
  with input as (${OPT_OUT_INPUT}), said as (
    select distinct address, sender, channel, category, source, evidence, opted_out from input
  )
  select cast(count(*) as integer) as "count"
  from said
  left join lateral (
    select true as found
    from opt_out_history as known
    where known.address = said.address
      and known.source = said.source and known.evidence = said.evidence and known.opted_out = said.opted_out
      and known.sender is not distinct from said.sender
      and known.channel is not distinct from said.channel
      and known.category is not distinct from said.category
    limit 1
  ) known on true
  where known.found is null`;

/** `OptOutStore.countNew`. */
export async function countNewOptOuts(knex: Knex, statements: readonly OptOutStatement[]): Promise<number> {
  const { count } = await queryOne<{ readonly count: number }>(knex, SQL, optOutInput(statements));
  return count;
}
