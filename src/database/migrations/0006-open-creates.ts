import { type Migration } from './migration';

/**
 * `open_create` names the newest create of an attempt for as long as it may have left a message at Twilio.
 * While there is one, no other create is begun.
 */
export const openCreates: Migration = {
  name: '0006_open_creates',
  up: `
    alter table attempts add column open_create text, add column open_create_at timestamptz(3),
      add constraint attempts_open_create_timed check ((open_create is null) = (open_create_at is null));
    update attempts set open_create = 'unknown', open_create_at = started_at
      where creates_begun > 0 and message_sid is null and ended_at is null;
  `,
  down: `
    alter table attempts drop constraint attempts_open_create_timed, drop column open_create_at, drop column open_create;
  `,
};
