import { type Migration } from './migration';

/**
 * When the sweep last looked at an attempt, and at a message without an attempt. Neither is indexed, so that writing them
 * stays cheap; the sweep goes by the index of open messages.
 */
export const sweep: Migration = {
  name: '0007_sweep',
  up: `
    alter table attempts add column polled_at timestamptz(3);
    alter table messages add column start_checked_at timestamptz(3);
  `,
  down: `
    alter table messages drop column start_checked_at;
    alter table attempts drop column polled_at;
  `,
};
