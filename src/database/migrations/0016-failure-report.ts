import { type Migration } from './migration';

/**
 * What reports count messages by, and an index that holds all of it, so that a report reads as many entries as messages ended in
 * its window and no row. Most of the columns are made of the outcome: a correction moves a message from one count to another
 * by itself. Sender and country are those of the attempt that decided; a message of before this migration has neither.
 */
export const failureReport: Migration = {
  name: '0016_failure_report',
  up: `
    alter table attempts add column country text;
    alter table messages
      add column category text generated always as (request ->> 'category') stored,
      add column outcome_kind text generated always as (outcome ->> 'kind') stored,
      add column outcome_channel text generated always as (outcome ->> 'channel') stored,
      add column error_code integer generated always as (cast(outcome ->> 'errorCode' as integer)) stored,
      add column error_class text generated always as (outcome ->> 'errorClass') stored,
      add column outcome_sender text,
      add column outcome_country text;
    create index messages_by_end on messages (tenant, closed_at)
      include (category, outcome_kind, outcome_channel, error_code, error_class, outcome_sender, outcome_country)
      where closed_at is not null;
  `,
  down: `
    drop index messages_by_end;
    alter table messages
      drop column category, drop column outcome_kind, drop column outcome_channel, drop column error_code, drop column error_class,
      drop column outcome_sender, drop column outcome_country;
    alter table attempts drop column country;
  `,
};
