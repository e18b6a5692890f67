import { type Knex } from 'knex';
import { type SendRequest } from '../../domain/send-request';
import { query } from '../rows';

const SQL = 'select messages.request as "request" from messages where messages.message_id = :messageId';

/** `CallStore.requestOf`. */
export async function requestOf(knex: Knex, messageId: string): Promise<SendRequest | undefined> {
  const [row] = await query<{ readonly request: SendRequest }>(knex, SQL, { messageId });
  return row?.request;
}
