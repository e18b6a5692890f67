import { type Knex } from 'knex';
import { query } from '../rows';

/** Goes from one tenant to the next in the index: it costs as much as there are tenants, however many messages they have. */
const SQL = `
  with recursive tenants as (
    (select messages.tenant from messages where messages.closed_at is not null order by messages.tenant limit 1)
    union all
    select (
      select messages.tenant from messages
      where messages.closed_at is not null and messages.tenant > tenants.tenant
      order by messages.tenant limit 1
    ) from tenants where tenants.tenant is not null
  )
  select tenants.tenant as "tenant" from tenants where tenants.tenant is not null`;

/** Every tenant that has a message which has ended. */
export async function tenantsKnown(knex: Knex): Promise<string[]> {
  const rows = await query<{ readonly tenant: string }>(knex, SQL, {});
  return rows.map(({ tenant }) => tenant);
}
