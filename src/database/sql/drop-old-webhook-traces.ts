import { type Knex } from 'knex';
import { queryOne } from '../rows';

/**
 * Several processes may do this at once: each takes rows that the others have not locked. Rows are never updated, so their
 * places (`ctid`) hold, and finding them again costs nothing, however many there are.
 */
const SQL = `
  with dropped as (
    delete from webhooks
    where webhooks.ctid = any (array(
      select old.ctid
      from webhooks old
      where old.received_at < now() - make_interval(secs => cast(:ageSeconds as double precision))
      order by old.received_at, old.webhook_id
      limit :limit
      for update skip locked
    ))
    returning webhooks.webhook_id
  )
  select count(*) as count from dropped`;

/** `WebhookTraceStore.dropOlderThan`. */
export async function dropOldWebhookTraces(knex: Knex, ageMs: number, limit: number): Promise<number> {
  const { count } = await queryOne<{ count: number }>(knex, SQL, { ageSeconds: ageMs / 1000, limit });
  return count;
}
