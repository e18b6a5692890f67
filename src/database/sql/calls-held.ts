import { type Knex } from 'knex';
import { type CallSid } from '../../domain/sid';
import { query } from '../rows';

const SQL = `
  select attempts.call_sid as "callSid"
  from attempts
  where attempts.call_sid = any(cast(:callSids as text[]))
    and (attempts.message_id, attempts.number) <> (cast(:messageId as text), cast(:number as integer))`;

/** `CallStore.heldByOthers`. */
export async function callsHeld(
  knex: Knex,
  callSids: readonly CallSid[],
  messageId: string,
  attempt: number,
): Promise<CallSid[]> {
  const rows = await query<{ readonly callSid: CallSid }>(knex, SQL, { callSids, messageId, number: attempt });
  return rows.map(({ callSid }) => callSid);
}
