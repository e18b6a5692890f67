import { type Knex } from 'knex';
import { type StoredCallEvent } from '../call-store';
import { query } from '../rows';
import { CALL_EVENT_COLUMNS, callEventOf, type CallEventRow } from './call-event-row';

/** A claim is a lease, as for receipts: the next try is the event's age away, between 30 seconds and 5 minutes. */
const CLAIM = `
  with due as (
    select call_events.event_id
    from call_events
    where call_events.signal_due_at <= now()
    order by call_events.signal_due_at
    limit :limit
    for update skip locked
  )
  update call_events set signal_due_at = now()
    + greatest(interval '30 seconds', least(now() - call_events.received_at, interval '5 minutes'))
  from due, attempts, messages
  where call_events.event_id = due.event_id
    and attempts.message_id = call_events.message_id and attempts.number = call_events.attempt
    and messages.message_id = call_events.message_id
  returning ${CALL_EVENT_COLUMNS}`;

const SETTLE =
  'update call_events set signal_due_at = null where call_events.event_id = any(cast(:eventIds as text[]))';

/** Takes at most `limit` events that are due for a signal, and moves all of them forward. */
export async function claimDueCallEvents(knex: Knex, limit: number): Promise<StoredCallEvent[]> {
  return (await query<CallEventRow>(knex, CLAIM, { limit })).map(callEventOf);
}

/** Takes events off the relay's list. */
export async function settleCallEvents(knex: Knex, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length > 0) {
    await query(knex, SETTLE, { eventIds });
  }
}
