import { type Knex } from 'knex';
import { type Outcome } from '../../domain/outcome';
import { query } from '../rows';
import { type WithCallbacks, type WrittenCallback } from '../written-callback';
import { ATTEMPT_FACTS, callersTold, WRITTEN_CALLBACKS } from './callers-told';

export interface OutcomeReplacement {
  readonly messageId: string;
  /** From 1. */
  readonly number: number;
  readonly was: Outcome;
  readonly is: Outcome;
  readonly because: string;
}

interface Row {
  readonly at: string;
  readonly callbacks: readonly WrittenCallback[];
}

const CORRECTION_TOLD = callersTold(`
    select replaced.message_id, replaced.tenant, 'message.outcome_corrected' as type, cast(:number as text) as position,
      jsonb_build_object('status', 'closed', 'outcome', cast(:is as jsonb), 'attempt', ${ATTEMPT_FACTS},
        'correction', jsonb_build_object('was', cast(:was as jsonb), 'is', cast(:is as jsonb), 'because', cast(:because as text))) as facts
    from replaced
    left join attempts on attempts.message_id = replaced.message_id
      and attempts.number = cast(cast(:is as jsonb) ->> 'attempt' as integer)
    where replaced.callback_url is not null`);

/**
 * Only what is still there is replaced: of two at once, the second finds nothing and has to look again.
 * Sender and country go with the attempt that decides now.
 */
const SQL = `
  with replaced as (
    update messages set outcome = cast(:is as jsonb), (outcome_sender, outcome_country) = (
      select attempts.sender, coalesce(attempts.country, messages.outcome_country)
      from (select cast(cast(:is as jsonb) ->> 'attempt' as integer) as attempt) ending
      left join attempts on attempts.message_id = :messageId and attempts.number = ending.attempt
    )
    where messages.message_id = :messageId and messages.outcome = cast(:was as jsonb)
    returning messages.message_id, messages.tenant, messages.request ->> 'callbackUrl' as callback_url,
      messages.redrives
  ), corrected as (
    insert into outcome_corrections (message_id, number, redrive, was, became, because)
    select replaced.message_id, :number, replaced.redrives, cast(:was as jsonb), cast(:is as jsonb), :because from replaced
    returning outcome_corrections.at
  ), ${CORRECTION_TOLD}
  select corrected.at as "at", ${WRITTEN_CALLBACKS} from corrected`;

/** @returns when it was written, ISO 8601; undefined when the outcome is not `was` any more. */
export async function replaceOutcome(
  knex: Knex,
  replacement: OutcomeReplacement,
): Promise<WithCallbacks<string | undefined>> {
  const { was, is, ...rest } = replacement;
  const [row] = await query<Row>(knex, SQL, {
    ...rest,
    was: JSON.stringify(was),
    is: JSON.stringify(is),
  });
  return { result: row?.at, callbacks: row?.callbacks ?? [] };
}
