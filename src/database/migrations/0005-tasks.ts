import { type Migration } from './migration';

/**
 * Human steps that wait, or waited, for a person: one per message and step.
 * A statement that knows the step asks for `closing`, the list for `closed_at`, which its index is made for.
 */
export const tasks: Migration = {
  name: '0005_tasks',
  up: `
    create table tasks (
      message_id text not null references messages (message_id) on delete cascade,
      step integer not null,
      tenant text not null,
      queue text not null,
      reason text not null,
      closing jsonb,
      opened_at timestamptz(3) not null,
      due_at timestamptz(3) not null,
      closed_at timestamptz(3),
      primary key (message_id, step),
      constraint tasks_closed_with_closing check ((closing is null) = (closed_at is null))
    );
    create index tasks_open on tasks (tenant, due_at) where closed_at is null;
  `,
  down: 'drop table tasks;',
};
