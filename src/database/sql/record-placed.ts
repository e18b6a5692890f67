import { type Knex } from 'knex';
import { AttemptConflictError } from '../attempt-conflict-error';
import { type PlacedCall } from '../call-store';
import { query } from '../rows';
import { type WithCallbacks, type WrittenCallback } from '../written-callback';
import { WRITTEN_CALLBACKS } from './callers-told';
import { SEND_TOLD, SENT_ATTEMPT } from './send-told';

/** A callback may have told the SID before: then the rest is written all the same, once. */
const SQL = `
  with stored as (
    update attempts set call_sid = cast(:callSid as text), sent_at = coalesce(attempts.sent_at, now()), open_create = null, open_create_at = null
    where attempts.message_id = cast(:messageId as text) and attempts.number = cast(:number as integer)
      and attempts.held_back_by is null and (attempts.call_sid is null or attempts.call_sid = cast(:callSid as text))
    returning ${SENT_ATTEMPT}
  ), moved as (
    update messages set status = 'awaiting_receipt'
    from stored
    where messages.message_id = stored.message_id and messages.status <> 'closed' and stored.ended_at is null
  ), noted as (
    insert into timeline (message_id, entry_key, kind, attempt, detail)
    select stored.message_id, 'handed_to_twilio:' || stored.number, 'handed_to_twilio', stored.number,
      jsonb_strip_nulls(jsonb_build_object('conversationSid', stored.conversation_sid, 'callSid', stored.call_sid,
        'applicationSid', cast(:applicationSid as text), 'conductorSid', cast(:conductorSid as text)))
    from stored
    on conflict do nothing
  ), ${SEND_TOLD}
  select exists (select from stored) as "isStored", ${WRITTEN_CALLBACKS}`;

/** `CallStore.recordPlaced`. */
export async function recordPlaced(
  knex: Knex,
  messageId: string,
  attempt: number,
  placed: PlacedCall,
): Promise<WithCallbacks<void>> {
  type Row = { readonly isStored: boolean; readonly callbacks: readonly WrittenCallback[] };
  const { applicationSid = null, callSid, conductorSid = null } = placed;
  const bindings = { messageId, number: attempt, callSid, applicationSid, conductorSid };
  const [row] = await query<Row>(knex, SQL, bindings);
  if (row?.isStored !== true) {
    throw new AttemptConflictError(messageId, attempt);
  }
  return { result: undefined, callbacks: row.callbacks };
}
