import { type Knex } from 'knex';
import { query } from '../rows';

const SQL = `
  update messages set start_checked_at = now()
  where messages.message_id = any(cast(:messageIds as text[]))`;

/** `SweepStore.recordStartChecked`. */
export async function recordStartChecked(knex: Knex, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length > 0) {
    await query(knex, SQL, { messageIds });
  }
}
