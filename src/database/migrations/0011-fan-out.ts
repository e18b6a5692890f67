import { type Migration } from './migration';

/**
 * Messages into a conversation: whom an attempt was for, and which messages are children of which. An attempt for several
 * participants has no address of its own. `opted_out_by` is the statement of the ledger that was there before the send, without its
 * address. `child_of` is what the domain's `ChildOf` is; the parent's id stands beside it, for the foreign key.
 */
export const fanOut: Migration = {
  name: '0011_fan_out',
  up: `
    alter table attempts alter column sender drop not null, alter column recipient drop not null,
      add constraint attempts_have_both_addresses_or_none check ((sender is null) = (recipient is null));

    create table attempt_participants (
      message_id text not null,
      number integer not null,
      participant_sid text not null,
      channel text not null,
      sender text not null,
      recipient text not null,
      opted_out_by jsonb,
      primary key (message_id, number, participant_sid),
      foreign key (message_id, number) references attempts (message_id, number) on delete cascade
    );

    alter table messages add column parent_id text references messages (message_id) on delete cascade,
      add column child_of jsonb,
      add constraint messages_child_with_parent check ((parent_id is null) = (child_of is null));
    create index messages_by_parent on messages (parent_id) where parent_id is not null;
  `,
  down: `
    alter table messages drop column parent_id, drop column child_of;
    drop table attempt_participants;
    delete from attempts where sender is null;
    alter table attempts drop constraint attempts_have_both_addresses_or_none,
      alter column sender set not null, alter column recipient set not null;
  `,
};
