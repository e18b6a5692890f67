import { COVERING_OPT_OUT } from './covering-opt-out';

/** What the database says of a suppression, without its address. */
export const SUPPRESSION_FACTS = `jsonb_build_object('channel', suppressions.channel, 'errorCode', suppressions.error_code,
      'evidence', suppressions.evidence, 'since', suppressions.since, 'until', suppressions.until)`;

/**
 * A select of what holds a message to one recipient back, as `statement`: the opt-out of `COVERING_OPT_OUT`, otherwise an object
 * `suppressed` when the address cannot be reached on the channel. It stands where `COVERING_OPT_OUT` does.
 */
export const HELD_BACK_BY = `
  select held.statement from (
    select 1 as rank, covering.statement from (${COVERING_OPT_OUT}) covering
    union all
    select 2, jsonb_build_object('suppressed', ${SUPPRESSION_FACTS})
    from suppressions
    where suppressions.address = input.recipient and suppressions.channel = input.channel
      and suppressions.lifted_at is null and suppressions.until > now()
  ) held
  order by held.rank
  limit 1`;
