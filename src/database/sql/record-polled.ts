import { type Knex } from 'knex';
import { query } from '../rows';

const SQL = `
  update attempts set polled_at = now()
  where attempts.message_sid = any(cast(:messageSids as text[]))`;

/** `SweepStore.recordPolled`. */
export async function recordPolled(knex: Knex, messageSids: readonly string[]): Promise<void> {
  if (messageSids.length > 0) {
    await query(knex, SQL, { messageSids });
  }
}
