import { type Knex } from 'knex';
import { query } from '../rows';

const SQL = `
  update callbacks set checked_at = now()
  where callbacks.callback_id = any(cast(:callbackIds as text[]))`;

/** `CallbackStore.recordChecked`. */
export async function recordCallbackChecked(knex: Knex, callbackIds: readonly string[]): Promise<void> {
  if (callbackIds.length > 0) {
    await query(knex, SQL, { callbackIds });
  }
}
