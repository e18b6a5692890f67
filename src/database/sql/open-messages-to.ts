import { type Knex } from 'knex';
import { type OpenMessage } from '../message-store';
import { query } from '../rows';

/** Address by address, so that each is looked up in the index, which is that of messages without an outcome. */
const SQL = `
  select open.workflow_id as "workflowId", open.status = 'scheduled' as "isScheduled"
  from unnest(cast(:addresses as text[])) as asked (address)
  cross join lateral (
    select messages.workflow_id, messages.status
    from messages
    where messages.outcome is null and messages.request ->> 'to' = asked.address
    limit :limit
  ) open
  limit :limit`;

/** `MessageStore.openTo`. */
export function openMessagesTo(knex: Knex, addresses: readonly string[], limit: number): Promise<OpenMessage[]> {
  return query<OpenMessage>(knex, SQL, { addresses, limit });
}
