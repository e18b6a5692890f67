import { type Knex } from 'knex';
import { type CallbackFilter, type CallbackPage } from '../callback-store';
import { decodeCursor, encodeCursor } from '../list-cursor';
import { query } from '../rows';
import { callbackBindings, callbackConditions } from './callback-conditions';
import { CALLBACK_COLUMNS, callbackRecord, type CallbackRow } from './callback-row';

/** `CallbackStore.list`. Newest first, by keyset: a page costs the same however far back it is. */
export async function listCallbacks(knex: Knex, filter: CallbackFilter): Promise<CallbackPage> {
  const { cursor, limit } = filter;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, /^evt_[0-9a-f]+$/);
  const rows = await query<CallbackRow>(knex, statement(filter), {
    limit: limit + 1,
    ...callbackBindings(filter),
    ...after,
  });
  const callbacks = rows.slice(0, limit).map(callbackRecord);
  const last = callbacks.at(-1);
  return rows.length > limit && last !== undefined
    ? { callbacks, nextCursor: encodeCursor({ at: last.at, id: last.callbackId }) }
    : { callbacks };
}

/** The status is one of three words of the code: written into the statement, so that the partial indexes can be used. */
function statement({ cursor, status, ...selection }: CallbackFilter): string {
  const conditions = [
    'true',
    ...callbackConditions(selection),
    ...(status === undefined ? [] : [`callbacks.status = '${status}'`]),
    ...(cursor === undefined ? [] : ['(callbacks.at, callbacks.callback_id) < (cast(:at as timestamptz), :id)']),
  ];
  return `
    select ${CALLBACK_COLUMNS}
    from callbacks
    where ${conditions.join(' and ')}
    order by callbacks.at desc, callbacks.callback_id desc
    limit :limit`;
}
