import { type Migration } from './migration';

/**
 * What callers are told, and what became of it. `facts` is what was true when it happened. `pending_since` is when it was
 * written or redriven, `checked_at` when the sweep last saw to its workflow, `tries` how often the caller was called since then.
 * The type is a word of the code, so that a new one needs no migration.
 */
export const callbacks: Migration = {
  name: '0010_callbacks',
  up: `
    create table callbacks (
      callback_id text primary key,
      message_id text not null references messages (message_id) on delete cascade,
      tenant text not null,
      type text not null,
      facts jsonb not null,
      status text not null default 'pending',
      at timestamptz(3) not null default now(),
      pending_since timestamptz(3) not null default now(),
      checked_at timestamptz(3),
      tries integer not null default 0,
      tried_at timestamptz(3),
      problem text,
      constraint callbacks_status_known check (status in ('pending', 'delivered', 'dead')),
      constraint callbacks_dead_with_problem check (status <> 'dead' or problem is not null)
    );
    create index callbacks_by_message on callbacks (message_id);
    create index callbacks_by_time on callbacks (tenant, at desc, callback_id desc);
    create index callbacks_dead on callbacks (tenant, at desc, callback_id desc) where status = 'dead';
    create index callbacks_pending on callbacks (pending_since) where status = 'pending';
  `,
  down: 'drop table callbacks;',
};
