import { type Knex } from 'knex';
import { type CallbackSelection } from '../callback-store';
import { query } from '../rows';
import { type WrittenCallback } from '../written-callback';
import { callbackBindings, callbackConditions } from './callback-conditions';

/** `CallbackStore.redrive`. Locked rows are being redriven by somebody else. */
export function redriveCallbacks(
  knex: Knex,
  selection: CallbackSelection & { readonly callbackId?: string },
  limit: number,
): Promise<WrittenCallback[]> {
  const { callbackId } = selection;
  const conditions = [
    "callbacks.status = 'dead'",
    ...callbackConditions(selection),
    ...(callbackId === undefined ? [] : ['callbacks.callback_id = :callbackId']),
  ];
  const sql = `
    with dead as (
      select callbacks.callback_id
      from callbacks
      where ${conditions.join(' and ')}
      order by callbacks.at, callbacks.callback_id
      limit :limit
      for update skip locked
    )
    update callbacks set status = 'pending', tries = 0, pending_since = now(), checked_at = null
    from dead
    where callbacks.callback_id = dead.callback_id
    returning callbacks.callback_id as "callbackId", callbacks.tenant as "tenant", callbacks.message_id as "messageId"`;
  const bindings = { limit, ...callbackBindings(selection), ...(callbackId !== undefined && { callbackId }) };
  return query<WrittenCallback>(knex, sql, bindings);
}
