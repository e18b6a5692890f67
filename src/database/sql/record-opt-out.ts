import { type Knex } from 'knex';
import { type OptOutStatement } from '../opt-out-store';
import { queryOne } from '../rows';

/**
 * The state follows the greatest statement by (time, stop before start, source, evidence): a total order,
 * so the state depends on the set of statements and not on the order in which they came.
 */
const SQL = `
  with added as (
    insert into opt_out_history (address, sender, channel, category, opted_out, source, evidence, actor, reason, at)
    values (:address, cast(:sender as text), cast(:channel as text), cast(:category as text), cast(:optedOut as boolean), :source,
      :evidence, :actor, cast(:reason as text), cast(:at as timestamptz))
    on conflict do nothing
    returning *
  ), moved as (
    insert into opt_outs (address, sender, channel, category, opted_out, source, evidence, actor, reason, at)
    select added.address, added.sender, added.channel, added.category, added.opted_out, added.source,
      added.evidence, added.actor, added.reason, added.at
    from added
    on conflict (address, sender, channel, category) do update set
      opted_out = excluded.opted_out, source = excluded.source, evidence = excluded.evidence, actor = excluded.actor,
      reason = excluded.reason, at = excluded.at
    where (excluded.at, excluded.opted_out, excluded.source, excluded.evidence)
      > (opt_outs.at, opt_outs.opted_out, opt_outs.source, opt_outs.evidence)
  )
  select exists (select from added) as "isNew"`;

/** `OptOutStore.record`. */
export async function recordOptOut(knex: Knex, statement: OptOutStatement): Promise<{ readonly isNew: boolean }> {
  const { address, scope, optedOut, source, evidence, actor, reason, at } = statement;
  const { sender = null, channel = null, category = null } = scope;
  const bindings = {
    address,
    sender,
    channel,
    category,
    optedOut,
    source,
    evidence,
    actor,
    reason: reason ?? null,
    at,
  };
  return queryOne<{ isNew: boolean }>(knex, SQL, bindings);
}
