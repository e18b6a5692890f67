import { type Migration } from './migration';

/**
 * Calls. An attempt of the channel `voice` has a call in place of a message; no call belongs to two attempts.
 * What is told of calls is kept once each, and stays due for a signal until the workflow has it. The event is JSON without numbers,
 * texts or keys: only what a key stands for.
 */
export const calls: Migration = {
  name: '0019_calls',
  up: `
    alter table attempts
      add column call_sid text,
      drop constraint attempts_sent_with_sid,
      add constraint attempts_sent_with_sid check ((coalesce(message_sid, call_sid) is null) = (sent_at is null)),
      add constraint attempts_one_kind check (message_sid is null or call_sid is null);
    create unique index attempts_call_sid on attempts (call_sid) where call_sid is not null;
    create index attempts_open_calls on attempts (recipient, sender) where channel = 'voice' and open_create is not null;

    create table call_events (
      event_id text primary key,
      message_id text not null,
      attempt integer not null,
      call_sid text not null,
      event jsonb not null,
      received_at timestamptz(3) not null default now(),
      signal_due_at timestamptz(3),
      foreign key (message_id, attempt) references attempts (message_id, number) on delete cascade
    );
    create index call_events_by_attempt on call_events (message_id, attempt);
    create index call_events_by_call on call_events (call_sid);
    create index call_events_due on call_events (signal_due_at) where signal_due_at is not null;

    alter table webhooks add column call_sid text;
  `,
  down: `
    alter table webhooks drop column call_sid;
    drop table call_events;
    drop index attempts_open_calls;
    drop index attempts_call_sid;
    delete from attempts where channel = 'voice';
    alter table attempts
      drop constraint attempts_one_kind,
      drop constraint attempts_sent_with_sid,
      add constraint attempts_sent_with_sid check ((message_sid is null) = (sent_at is null)),
      drop column call_sid;
  `,
};
