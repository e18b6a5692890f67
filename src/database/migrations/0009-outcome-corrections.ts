import { type Migration } from './migration';

/**
 * What late receipts made of recorded outcomes, oldest first. `messages.outcome` is what is true now;
 * `was` of the first row is what the message ended with.
 */
export const outcomeCorrections: Migration = {
  name: '0009_outcome_corrections',
  up: `
    create table outcome_corrections (
      message_id text not null references messages (message_id) on delete cascade,
      number integer not null,
      was jsonb not null,
      became jsonb not null,
      because text not null,
      at timestamptz(3) not null default now(),
      primary key (message_id, number)
    );
  `,
  down: 'drop table outcome_corrections;',
};
