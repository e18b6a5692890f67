import { type Knex } from 'knex';
import { type MessageStatus } from '../../domain/message-status';
import { query, queryOne } from '../rows';

/** What waits in this database. */
export interface Backlog {
  /** Receipts that no workflow has shown to have heard, `MOST_EVENTS` at most. */
  readonly waitingEvents: number;
  /** Age of the oldest of them whose message is known, in seconds; 0 when there is none. */
  readonly oldestEventSeconds: number;
  /** Messages that have not ended, counted up to `MOST_MESSAGES`. */
  readonly openMessages: readonly { readonly status: MessageStatus; readonly count: number }[];
}

/** More than this is far too much in any case, and counting it would only add to the load. */
const MOST_EVENTS = 5_000;
const MOST_MESSAGES = 10_000;

/** A receipt without a message may never get one, so it does not count as old. */
const EVENTS_SQL = `
  select cast(count(*) as integer) as "waitingEvents",
    cast(coalesce(extract(epoch from now() - min(waiting.received_at) filter (where waiting.is_matched)), 0) as double precision)
      as "oldestEventSeconds"
  from (
    select delivery_events.received_at,
      exists (select from attempts where attempts.message_sid = delivery_events.message_sid) as is_matched
    from delivery_events
    where delivery_events.signal_due_at is not null
    order by delivery_events.signal_due_at
    limit :most
  ) waiting`;

const MESSAGES_SQL = `
  select open.status, cast(count(*) as integer) as "count"
  from (select messages.status from messages where messages.closed_at is null limit :most) open
  group by open.status`;

/** Reads what waits: two statements, each with an upper bound of rows. */
export async function readBacklog(knex: Knex): Promise<Backlog> {
  const events = await queryOne<Omit<Backlog, 'openMessages'>>(knex, EVENTS_SQL, { most: MOST_EVENTS });
  return { ...events, openMessages: await query(knex, MESSAGES_SQL, { most: MOST_MESSAGES }) };
}
