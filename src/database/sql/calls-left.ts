import { type Knex } from 'knex';
import { type CallSid } from '../../domain/sid';
import { type CallLeft } from '../call-store';
import { query } from '../rows';

interface Row extends Pick<CallLeft, 'number' | 'recipient' | 'sender'> {
  readonly callSid: CallSid | null;
  readonly openCreate: string | null;
  readonly openCreateAgeMs: number;
}

const SQL = `
  select attempts.number as "number", attempts.recipient as "recipient", attempts.sender as "sender",
    attempts.call_sid as "callSid", attempts.open_create as "openCreate",
    cast(extract(epoch from clock_timestamp() - attempts.open_create_at) * 1000 as double precision) as "openCreateAgeMs"
  from attempts
  where attempts.message_id = :messageId and attempts.number = any(cast(:attempts as integer[]))
    and attempts.channel = 'voice' and (attempts.call_sid is not null or attempts.open_create is not null)
  order by attempts.number`;

/** `CallStore.leftBy`. */
export async function callsLeft(knex: Knex, messageId: string, attempts: readonly number[]): Promise<CallLeft[]> {
  const rows = await query<Row>(knex, SQL, { messageId, attempts: attempts.map(String) });
  return rows.map(({ callSid, openCreate, openCreateAgeMs, ...rest }) => ({
    ...rest,
    ...(callSid !== null && { callSid }),
    ...(callSid === null && openCreate !== null && { openCreate: { createId: openCreate, ageMs: openCreateAgeMs } }),
  }));
}
