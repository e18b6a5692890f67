import { type Knex } from 'knex';
import { type Outcome } from '../../domain/outcome';
import { query } from '../rows';

export interface OutcomeReplacement {
  readonly messageId: string;
  /** From 1. */
  readonly number: number;
  readonly was: Outcome;
  readonly is: Outcome;
  readonly because: string;
}

/** Only what is still there is replaced: of two at once, the second finds nothing and has to look again. */
const SQL = `
  with replaced as (
    update messages set outcome = cast(:is as jsonb)
    where messages.message_id = :messageId and messages.outcome = cast(:was as jsonb)
    returning messages.message_id
  )
  insert into outcome_corrections (message_id, number, was, became, because)
  select replaced.message_id, :number, cast(:was as jsonb), cast(:is as jsonb), :because from replaced
  returning outcome_corrections.at as "at"`;

/** @returns when it was written, ISO 8601; undefined when the outcome is not `was` any more. */
export async function replaceOutcome(knex: Knex, replacement: OutcomeReplacement): Promise<string | undefined> {
  const { was, is, ...rest } = replacement;
  const [row] = await query<{ readonly at: string }>(knex, SQL, {
    ...rest,
    was: JSON.stringify(was),
    is: JSON.stringify(is),
  });
  return row?.at;
}
