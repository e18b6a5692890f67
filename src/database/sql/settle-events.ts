import { type Knex } from 'knex';
import { query } from '../rows';

/** Without asking whether they are still due: the plan of the prepared statement would read all that are due. */
const SQL = `
  update delivery_events set signal_due_at = null
  where delivery_events.event_id = any(cast(:eventIds as text[]))`;

/** `InboxStore.markSettled`, for any number of events. */
export async function settleEvents(knex: Knex, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length > 0) {
    await query(knex, SQL, { eventIds });
  }
}
