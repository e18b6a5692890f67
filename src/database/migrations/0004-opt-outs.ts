import { type Migration } from './migration';

/**
 * The ledger: every statement (`opt_out_history`) and the newest by address and scope (`opt_outs`). A scope part that is null means any.
 * The history is append-only by trigger: a revoked privilege would not bind the owner of the table, and posthorn connects as the owner.
 */
export const optOuts: Migration = {
  name: '0004_opt_outs',
  up: `
    create table opt_out_history (
      statement_id bigint generated always as identity primary key,
      address text not null,
      sender text,
      channel text,
      category text,
      opted_out boolean not null,
      source text not null,
      evidence text not null,
      actor text not null,
      reason text,
      at timestamptz(3) not null,
      recorded_at timestamptz(3) not null default now(),
      constraint opt_out_history_evidence unique nulls not distinct
        (address, sender, channel, category, source, evidence, opted_out)
    );

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
    end
    $$;
    create trigger opt_out_history_append_only before update or delete or truncate on opt_out_history
      for each statement execute function refuse_change();

    create table opt_outs (
      opt_out_id bigint generated always as identity primary key,
      address text not null,
      sender text,
      channel text,
      category text,
      opted_out boolean not null,
      source text not null,
      evidence text not null,
      actor text not null,
      reason text,
      at timestamptz(3) not null,
      constraint opt_outs_scope unique nulls not distinct (address, sender, channel, category)
    );
  `,
  down: `
    drop table opt_outs;
    drop table opt_out_history;
    drop function refuse_change();
  `,
};
