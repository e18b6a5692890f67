import { type Knex } from 'knex';
import { query } from '../rows';
import { type QuietAttempt, type SweepBatch } from '../sweep-store';
import { IS_UNDECIDED, UNDECIDED_BINDINGS } from './undecided-attempt';

/**
 * An attempt that was looked at is left alone for as long as it was old then, so the pauses double: a carrier that never
 * gives a report costs a handful of looks, not one in every sweep. An attempt that was given up counts as long as its message is
 * open: what it did may end what is still going on.
 */
const SQL = `
  select attempts.conversation_sid as "conversationSid", attempts.message_sid as "messageSid"
  from messages
  join attempts on attempts.message_id = messages.message_id
  where messages.closed_at is null
    and attempts.sent_at <= now() - make_interval(secs => cast(:pauseSeconds as double precision))
    and (attempts.polled_at is null or now() - attempts.polled_at >=
      greatest(make_interval(secs => cast(:pauseSeconds as double precision)), attempts.polled_at - attempts.sent_at))
    and ${IS_UNDECIDED}
  order by coalesce(attempts.polled_at, attempts.sent_at), attempts.message_sid
  limit :limit`;

/** `SweepStore.quietAttempts`. */
export function quietAttempts(knex: Knex, { limit, pauseMs }: SweepBatch): Promise<QuietAttempt[]> {
  return query<QuietAttempt>(knex, SQL, { limit, pauseSeconds: pauseMs / 1000, ...UNDECIDED_BINDINGS });
}
