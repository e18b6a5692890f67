import { type Knex } from 'knex';
import { type StoredCallEvent, type ToldOfCall } from '../call-store';
import { query } from '../rows';
import { CALL_EVENT_COLUMNS, callEventOf, type CallEventRow } from './call-event-row';

/** How long whoever stored an event has to signal it before the relay does, in seconds. */
const GRACE_SECONDS = 5;

/**
 * A callback may come before the answer to the create is stored, or in place of one that was lost: it tells the attempt its call.
 * A second call of one attempt, which must not be, tells nothing, and its events stay to be found.
 */
const SQL = `
  with owner as (
    select attempts.message_id, attempts.number, attempts.recipient
    from attempts
    where attempts.message_id = :messageId and attempts.number = cast(:attempt as integer) and attempts.channel = 'voice'
  ), stored as (
    insert into call_events (event_id, message_id, attempt, call_sid, event, signal_due_at)
    select :eventId, owner.message_id, owner.number, :callSid, cast(:event as jsonb), now() + make_interval(secs => ${GRACE_SECONDS})
    from owner
    on conflict (event_id) do nothing
    returning call_events.event_id
  ), claimed as (
    update attempts set call_sid = :callSid, sent_at = coalesce(attempts.sent_at, now())
    from owner
    where attempts.message_id = owner.message_id and attempts.number = owner.number and attempts.call_sid is null
      and not exists (select from attempts other where other.call_sid = :callSid)
  )
  select exists (select from stored) as "isNew", ${CALL_EVENT_COLUMNS}
  from owner attempts
  join messages on messages.message_id = attempts.message_id
  cross join lateral (select attempts.message_id, attempts.number as attempt, cast(:event as jsonb) as event) call_events`;

/** `CallStore.storeEvent`. */
export async function storeCallEvent(
  knex: Knex,
  { attempt, event, messageId }: ToldOfCall,
): Promise<(StoredCallEvent & { readonly isNew: boolean }) | undefined> {
  const { callSid, eventId } = event;
  const bindings = { messageId, attempt, eventId, callSid, event: JSON.stringify(event) };
  const [row] = await query<CallEventRow & { readonly isNew: boolean }>(knex, SQL, bindings);
  return row === undefined ? undefined : { ...callEventOf(row), isNew: row.isNew };
}
