import { type Knex } from 'knex';
import { query } from '../rows';

const SQL = `
  update attempts set open_create = null, open_create_at = null
  where attempts.message_id = :messageId and attempts.number = cast(:attemptNumber as integer)
    and attempts.open_create = :createId`;

/** `MessageStore.withdrawCreate`. */
export async function withdrawCreate(
  knex: Knex,
  messageId: string,
  attemptNumber: number,
  createId: string,
): Promise<void> {
  await query(knex, SQL, { messageId, attemptNumber, createId });
}
