import { type Knex } from 'knex';
import { query } from '../rows';

const SQL = `
  update delivery_events set signal_due_at = null
  where delivery_events.event_id = any(cast(:eventIds as text[])) and delivery_events.signal_due_at is not null`;

/** `InboxStore.markSettled`, for any number of events. */
export async function settleEvents(knex: Knex, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length > 0) {
    await query(knex, SQL, { eventIds });
  }
}
