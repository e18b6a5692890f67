import { type Migration } from './migration';

/**
 * Addresses that Twilio says cannot be reached on a channel: believed until `until`, or until it is lifted. Lifted rows stay, as the
 * record of who lifted them and why. An open message is found by its recipient, for whom something new was said; the index hangs on
 * `outcome`, which is empty as long as `closed_at` is, so that no plan can take the index of all open messages instead.
 */
export const suppressions: Migration = {
  name: '0015_suppressions',
  up: `
    create table suppressions (
      suppression_id bigint generated always as identity primary key,
      address text not null,
      channel text not null,
      error_code integer not null,
      evidence text not null,
      since timestamptz(3) not null,
      until timestamptz(3) not null,
      lifted_at timestamptz(3),
      lifted_by text,
      lift_reason text,
      constraint suppressions_until_later check (until > since),
      constraint suppressions_lifted_by_somebody check
        ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
    );
    create unique index suppressions_in_force on suppressions (address, channel) where lifted_at is null;
    create index suppressions_lifted on suppressions (address, channel, lifted_at) where lifted_at is not null;
    create index suppressions_by_time on suppressions (since, suppression_id) where lifted_at is null;

    create index messages_open_by_recipient on messages ((request ->> 'to')) where outcome is null;
  `,
  down: `
    drop index messages_open_by_recipient;
    drop table suppressions;
  `,
};
