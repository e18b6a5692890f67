import { type Knex } from 'knex';
import { query } from '../rows';
import { type ClaimedEvent } from './claim-due-events';

type Claim = Pick<ClaimedEvent, 'lease'> & { readonly event: Pick<ClaimedEvent['event'], 'eventId'> };

/**
 * An event that was made due anew since it was claimed stays due: the close of its message does so with what it could not weigh.
 * `is not distinct from`, since `=` would let the planner read all that are due instead of the events themselves.
 */
const SQL = `
  update delivery_events set signal_due_at = null
  from unnest(cast(:eventIds as text[]), cast(:leases as timestamptz[])) as claimed (event_id, lease)
  where delivery_events.event_id = claimed.event_id and delivery_events.signal_due_at is not distinct from claimed.lease`;

/** Ends the claims of events that are settled. */
export async function releaseEvents(knex: Knex, claimed: readonly Claim[]): Promise<void> {
  if (claimed.length > 0) {
    const eventIds = claimed.map(({ event }) => event.eventId);
    await query(knex, SQL, { eventIds, leases: claimed.map(({ lease }) => lease) });
  }
}
