import { type Knex } from 'knex';
import { query } from '../rows';
import { type SweepBatch } from '../sweep-store';
import { type WrittenCallback } from '../written-callback';

/**
 * The pauses double, as those of messages do that were not started: most callbacks that are old wait for a caller that does
 * not answer, and their workflow is there.
 */
const SQL = `
  select callbacks.callback_id as "callbackId", callbacks.tenant as "tenant", callbacks.message_id as "messageId"
  from callbacks
  where callbacks.status = 'pending'
    and callbacks.pending_since <= now() - make_interval(secs => cast(:pauseSeconds as double precision))
    and (callbacks.checked_at is null or now() - callbacks.checked_at >=
      greatest(make_interval(secs => cast(:pauseSeconds as double precision)), callbacks.checked_at - callbacks.pending_since))
  order by coalesce(callbacks.checked_at, callbacks.pending_since), callbacks.callback_id
  limit :limit`;

/** `CallbackStore.untold`. */
export function untoldCallbacks(knex: Knex, { limit, pauseMs }: SweepBatch): Promise<WrittenCallback[]> {
  return query<WrittenCallback>(knex, SQL, { limit, pauseSeconds: pauseMs / 1000 });
}
