import { type Knex } from 'knex';
import { type UntoldCallback } from '../callback-store';
import { query, withoutNulls } from '../rows';

type Row = Omit<UntoldCallback, 'parentId'> & { readonly parentId: string | null };

/** A team's tool is named by its human step, `step n` being the n-th of the policy's ladder; the caller by the request. */
const URL_OF_CALLBACK = `case when callbacks.to_step is null then messages.request ->> 'callbackUrl'
      else messages.request #>> array['policy', 'escalation', cast(callbacks.to_step - 1 as text), 'callbackUrl'] end`;

const SQL = `
  select callbacks.callback_id as "callbackId", callbacks.tenant as "tenant", callbacks.type as "type",
    callbacks.facts as "facts", callbacks.at as "at", callbacks.tries as "tries", messages.message_id as "messageId",
    messages.parent_id as "parentId", messages.request -> 'metadata' as "metadata", ${URL_OF_CALLBACK} as "url"
  from callbacks join messages on messages.message_id = callbacks.message_id
  where callbacks.callback_id = :callbackId and callbacks.status = 'pending'`;

/** `CallbackStore.findUntold`. */
export async function findUntoldCallback(knex: Knex, callbackId: string): Promise<UntoldCallback | undefined> {
  const [row] = await query<Row>(knex, SQL, { callbackId });
  return row === undefined ? undefined : withoutNulls(row);
}
