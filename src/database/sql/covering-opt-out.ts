/**
 * A select of the opt-out that holds a message back, the newest that somebody said or else the newest that Twilio told, as `statement`:
 * an `OptOutStatement` without its address, which is the recipient's. It stands where a row `input` has recipient, sender, channel, category and answers.
 * All that the ledger says about the message is read once; the rule is that of `stopFor`.
 * The confirmation of a STOP (`answers`) is not held back by that STOP itself, and by every other opt-out as any message is.
 */
export const COVERING_OPT_OUT = `
    with said as materialized (
      select opt_outs.* from opt_outs
      where opt_outs.address = input.recipient
        and (opt_outs.sender is null or opt_outs.sender = input.sender)
        and (opt_outs.channel is null or opt_outs.channel = input.channel)
        and (opt_outs.category is null or opt_outs.category = input.category)
    )
    select jsonb_strip_nulls(jsonb_build_object(
      'scope', jsonb_build_object('sender', stop.sender, 'channel', stop.channel, 'category', stop.category),
      'optedOut', true, 'source', stop.source, 'evidence', stop.evidence, 'actor', stop.actor,
      'reason', stop.reason, 'at', stop.at)) as statement
    from said as stop
    where stop.opted_out
      and (stop.source <> 'inbound_word' or stop.evidence is distinct from input.answers)
      and not exists (
        select from said as start
        where not start.opted_out and start.at > stop.at
          and (stop.sender is null or start.sender is not null)
          and (stop.channel is null or start.channel is not null)
          and (stop.category is null or start.category is not null)
      )
    order by stop.source = 'receipt', stop.at desc
    limit 1`;
