import { type Migration } from './migration';

/**
 * Dead messages and their second lives. `redrives` has one row for each time a message was reopened, with the outcome that
 * it had until then; `messages.redrives` counts them and keeps what belongs to an earlier life from writing in a later one.
 * A correction belongs to the ending that it corrects (`outcome_corrections.redrive`).
 * Without the statistics Postgres takes most messages for dead, and reads the table to count the few that are.
 */
export const redrives: Migration = {
  name: '0012_redrives',
  up: `
    alter table messages
      add column redrives integer not null default 0,
      add column reopened_at timestamptz(3);
    alter table outcome_corrections add column redrive integer not null default 0;
    create table redrives (
      message_id text not null references messages (message_id) on delete cascade,
      number integer not null,
      redriven_by text not null,
      was jsonb not null,
      at timestamptz(3) not null default now(),
      primary key (message_id, number),
      constraint redrives_counted_from_one check (number >= 1)
    );
    create index messages_dead on messages (tenant, created_at desc, message_id desc)
      where (outcome ->> 'dead') is not null;
    create index messages_dead_of_all on messages (created_at, message_id)
      where (outcome ->> 'dead') is not null;
    create statistics messages_dead_are_few on (outcome ->> 'dead') from messages;
  `,
  down: `
    drop statistics messages_dead_are_few;
    drop index messages_dead_of_all;
    drop index messages_dead;
    drop table redrives;
    alter table outcome_corrections drop column redrive;
    alter table messages drop column reopened_at, drop column redrives;
  `,
};
