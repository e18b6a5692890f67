import { type Knex } from 'knex';
import { type CallbackRecord } from '../callback-store';
import { query } from '../rows';
import { CALLBACK_COLUMNS, callbackRecord, type CallbackRow } from './callback-row';

const SQL = `
  select ${CALLBACK_COLUMNS}
  from callbacks
  where callbacks.callback_id = :callbackId and callbacks.tenant = :tenant`;

/** `CallbackStore.show`. */
export async function showCallback(
  knex: Knex,
  tenant: string,
  callbackId: string,
): Promise<CallbackRecord | undefined> {
  const [row] = await query<CallbackRow>(knex, SQL, { tenant, callbackId });
  return row === undefined ? undefined : callbackRecord(row);
}
