import { type Migration } from './migration';

/**
 * When Twilio is next asked about a closed message of which an attempt is undecided (`src/domain/late-reads.ts`). Few messages
 * have such a time, so its index stays small; it changes with the close and after it, when updates are not HOT anyway.
 * It is compared with `now()` and nothing else, so it is not rounded as the other times are.
 */
export const lateReads: Migration = {
  name: '0013_late_reads',
  up: `
    alter table messages add column late_read_due_at timestamptz;
    create index messages_late_read_due on messages (late_read_due_at) where late_read_due_at is not null;
  `,
  down: 'alter table messages drop column late_read_due_at;',
};
