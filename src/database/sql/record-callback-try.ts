import { type Knex } from 'knex';
import { type CallbackStatus } from '../../domain/callback';
import { query } from '../rows';

/** What came of calling a caller: taken, or what went wrong and whether that was the last try. */
export type CallbackTry =
  | { readonly status: 'delivered' }
  | { readonly status: Exclude<CallbackStatus, 'delivered'>; readonly problem: string };

const SQL = `
  update callbacks set status = :status, problem = cast(:problem as text), tries = callbacks.tries + 1, tried_at = now()
  where callbacks.callback_id = :callbackId and callbacks.status = 'pending'`;

/** `CallbackStore.recordTry`. */
export async function recordCallbackTry(knex: Knex, callbackId: string, result: CallbackTry): Promise<void> {
  const problem = result.status === 'delivered' ? null : result.problem;
  await query(knex, SQL, { callbackId, status: result.status, problem });
}
