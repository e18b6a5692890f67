import { type Migration } from './migration';

/**
 * Tasks that people work with: who holds one, which queue was asked before and comes next, whom on call it was told to, and its history.
 * The history can be appended to and goes only together with its task. `evidence` is the SID of the reply that it tells of:
 * each counts once. `callbacks.to_step` is the human step whose own address a callback goes to; null is the message's.
 */
export const tasksForPeople: Migration = {
  name: '0018_tasks_for_people',
  up: `
    alter table tasks
      add column came_from text,
      add column passes_to text,
      add column claimed_by text,
      add column claimed_at timestamptz(3),
      add column on_call_recipient text,
      add column on_call_message_id text references messages (message_id) on delete set null,
      add constraint tasks_claimed_by_somebody check ((claimed_by is null) = (claimed_at is null));
    create index tasks_closed on tasks (tenant, closed_at desc, message_id desc, step desc) where closed_at is not null;
    create index tasks_on_call on tasks (on_call_recipient, opened_at desc) where on_call_recipient is not null;
    create index tasks_by_on_call_message on tasks (on_call_message_id) where on_call_message_id is not null;

    create table task_history (
      entry_id bigint generated always as identity primary key,
      message_id text not null,
      step integer not null,
      kind text not null,
      actor text,
      note text,
      evidence text,
      at timestamptz(3) not null default now(),
      foreign key (message_id, step) references tasks (message_id, step) on delete cascade
    );
    create index task_history_by_task on task_history (message_id, step, entry_id);
    create unique index task_history_evidence on task_history (evidence) where evidence is not null;
    create trigger task_history_append_only before update or truncate on task_history
      for each statement execute function refuse_change();
    create trigger task_history_kept before delete on task_history
      for each row when (pg_trigger_depth() = 0) execute function refuse_change();

    alter table callbacks add column to_step integer;
  `,
  down: `
    alter table callbacks drop column to_step;
    drop table task_history;
    drop index tasks_closed;
    alter table tasks drop column came_from, drop column passes_to, drop column claimed_by, drop column claimed_at,
      drop column on_call_recipient, drop column on_call_message_id;
  `,
};
