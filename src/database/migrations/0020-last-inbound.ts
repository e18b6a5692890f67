import { type Migration } from './migration';

/** When the recipient last wrote to the sender: on WhatsApp a text gets through for a day after that. Null while nobody has heard of it. */
export const lastInbound: Migration = {
  name: '0020_last_inbound',
  up: `alter table conversations add column last_inbound_at timestamptz(3);`,
  down: `alter table conversations drop column last_inbound_at;`,
};
