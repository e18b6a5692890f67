import { type Knex } from 'knex';
import { type InboxEvent, type MatchedAttempt } from '../inbox-store';
import { query } from '../rows';
import { DELIVERY_EVENT_COLUMNS, deliveryEvent, type DeliveryEventRow } from './delivery-event-row';
import { addressedBy, MATCH_COLUMNS, matchOf, type MatchRow } from './matched-attempt';

/** How soon and how often the relay comes back to an event. In seconds. */
export interface RelayPace {
  /** A claim's length: longer than any settling takes, so that a relay that died is noticed and a living one is left alone. */
  readonly leaseSeconds: number;
  /** The longest pause between two tries of an event whose attempt is known. */
  readonly longestPauseSeconds: number;
  /** The shortest and the longest pause for an event whose attempt is not known. */
  readonly shortestUnmatchedPauseSeconds: number;
  readonly longestUnmatchedPauseSeconds: number;
  /** An event of this age that still has no attempt is not ours: it stays stored and is not looked at again. */
  readonly giveUpUnmatchedAfterSeconds: number;
}

export type MatchedEvent = InboxEvent & { readonly match: MatchedAttempt };

/** An event that was handed out, with the time until which it is, in Postgres' own words: `Date` would round it. */
export type ClaimedEvent = MatchedEvent & { readonly lease: string };

/**
 * A claim is a lease: the time of the next try moves forward when the event is handed out. No transaction stays open while
 * Temporal is asked, and a relay that dies needs no cleaning up. The pause is the event's age, so it doubles with each try.
 * The lock inside the claim lets two relays that run at once skip each other's rows.
 */
const SQL = `
  with due as (
    select delivery_events.event_id, delivery_events.message_sid, delivery_events.participant_sid, now() - delivery_events.received_at as age
    from delivery_events
    where delivery_events.signal_due_at <= now()
    order by delivery_events.signal_due_at
    limit :limit
    for update of delivery_events skip locked
  ), located as (
    select due.event_id, due.age, ${MATCH_COLUMNS}
    from due
    left join attempts on attempts.message_sid = due.message_sid
    left join messages on messages.message_id = attempts.message_id${addressedBy('due.participant_sid')}
  )
  update delivery_events set signal_due_at = case
      when located."messageId" is not null then
        now() + greatest(make_interval(secs => :lease), least(located.age, make_interval(secs => :longest)))
      when located.age < make_interval(secs => :giveUp) then
        now() + greatest(make_interval(secs => :shortestUnmatched), least(located.age, make_interval(secs => :longestUnmatched)))
    end
  from located
  where delivery_events.event_id = located.event_id
  returning ${DELIVERY_EVENT_COLUMNS}, located."messageId", located."workflowId", located."tenant", located."attempt",
    located."channel", located."sender", located."recipient", located."category", located."isClosed",
    cast(delivery_events.signal_due_at as text) as "lease"`;

type Row = DeliveryEventRow & { readonly lease: string } & (MatchRow | { readonly messageId: null });

/** Takes at most `limit` events that are due, moves all of them forward, and gives those whose attempt is known. */
export async function claimDueEvents(knex: Knex, limit: number, pace: RelayPace): Promise<ClaimedEvent[]> {
  const rows = await query<Row>(knex, SQL, {
    limit,
    lease: pace.leaseSeconds,
    longest: pace.longestPauseSeconds,
    shortestUnmatched: pace.shortestUnmatchedPauseSeconds,
    longestUnmatched: pace.longestUnmatchedPauseSeconds,
    giveUp: pace.giveUpUnmatchedAfterSeconds,
  });
  return rows.flatMap((row) =>
    row.messageId === null ? [] : [{ event: deliveryEvent(row), match: matchOf(row), lease: row.lease }],
  );
}
