import { type Migration } from './migration';

/**
 * Messages, their attempts and their timeline.
 * Nothing but the id of a message is unique: `on conflict` settles one index only, so two who write the same message at once
 * would break the rule of a second one before they meet in the first.
 * Times are kept in milliseconds, as far as JavaScript reads them, so that a cursor made of one is exact.
 * The two partial indexes of `messages` hang on `closed_at`, not on `status`: all updates before the last one stay HOT.
 * Statements that know the id ask for `status`, which means the same: with `closed_at` Postgres may read the index of all open messages.
 */
export const messages: Migration = {
  name: '0001_messages',
  up: `
    create table messages (
      message_id text primary key,
      workflow_id text not null,
      tenant text not null,
      request_hash text not null,
      request jsonb not null,
      status text not null,
      outcome jsonb,
      created_at timestamptz(3) not null default now(),
      started_at timestamptz(3),
      closed_at timestamptz(3),
      constraint messages_status_known check (status in
        ('scheduled', 'held', 'sending', 'awaiting_receipt', 'backing_off', 'escalating', 'closed')),
      constraint messages_closed_with_outcome check
        ((status = 'closed') = (outcome is not null) and (closed_at is null) = (outcome is null))
    );
    create index messages_by_time on messages (tenant, created_at desc, message_id desc);
    create index messages_open on messages (tenant, created_at desc, message_id desc) where closed_at is null;
    create index messages_by_outcome on messages (tenant, (outcome ->> 'kind'), created_at desc, message_id desc)
      where closed_at is not null;

    create table attempts (
      message_id text not null references messages (message_id) on delete cascade,
      number integer not null,
      step integer not null,
      channel text not null,
      sender text not null,
      recipient text not null,
      held_back_by jsonb,
      creates_begun integer not null default 0,
      conversation_sid text,
      participant_sid text,
      message_sid text,
      result jsonb,
      started_at timestamptz(3) not null default now(),
      sent_at timestamptz(3),
      ended_at timestamptz(3),
      primary key (message_id, number),
      constraint attempts_counted_from_one check (number >= 1 and step >= 0),
      constraint attempts_sent_with_sid check ((message_sid is null) = (sent_at is null)),
      constraint attempts_ended_with_result check ((result is null) = (ended_at is null)),
      constraint attempts_held_back_never_sent check (held_back_by is null or (message_sid is null and creates_begun = 0))
    );
    create unique index attempts_message_sid on attempts (message_sid) where message_sid is not null;

    create table timeline (
      message_id text not null references messages (message_id) on delete cascade,
      entry_key text not null,
      kind text not null,
      attempt integer,
      detail jsonb not null,
      at timestamptz(3) not null default now(),
      primary key (message_id, entry_key)
    );
  `,
  down: `
    drop table timeline;
    drop table attempts;
    drop table messages;
  `,
};
