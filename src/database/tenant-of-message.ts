import { type Knex } from 'knex';
import { query } from './rows';
import { withDatabaseErrors } from './with-database-errors';

/**
 * Whose message it is; undefined when there is none. For operators, who see the messages of all tenants.
 * @throws DatabaseError
 */
export async function tenantOfMessage(knex: Knex, messageId: string): Promise<string | undefined> {
  const sql = 'select messages.tenant from messages where messages.message_id = :messageId';
  const [row] = await withDatabaseErrors(() => query<{ tenant: string }>(knex, sql, { messageId }));
  return row?.tenant;
}
