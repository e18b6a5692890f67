import { type Knex } from 'knex';
import { type AddressedMessage, type OptOutStatement } from '../opt-out-store';
import { isoTime, query } from '../rows';
import { COVERING_OPT_OUT } from './covering-opt-out';

const SQL = `
  with input as (
    select cast(:recipient as text) as recipient, cast(:sender as text) as sender, cast(:channel as text) as channel,
      cast(:category as text) as category, cast(:answers as text) as answers
  )
  select covering.statement as "statement" from input cross join lateral (${COVERING_OPT_OUT}) covering`;

/** `OptOutStore.stopFor`. */
export async function findCoveringOptOut(
  knex: Knex,
  { answers, category, channel, recipient, sender }: AddressedMessage,
): Promise<OptOutStatement | undefined> {
  const bindings = { recipient, sender, channel, category, answers: answers ?? null };
  const [row] = await query<{ readonly statement: Omit<OptOutStatement, 'address'> }>(knex, SQL, bindings);
  return row === undefined ? undefined : { ...row.statement, address: recipient, at: isoTime(row.statement.at) };
}
