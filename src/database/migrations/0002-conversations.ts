import { type Migration } from './migration';

/** The conversation that a sender and a recipient share. */
export const conversations: Migration = {
  name: '0002_conversations',
  up: `
    create table conversations (
      channel text not null,
      sender text not null,
      recipient text not null,
      conversation_sid text not null,
      participant_sid text not null,
      remembered_at timestamptz(3) not null default now(),
      primary key (recipient, sender, channel)
    );
  `,
  down: 'drop table conversations;',
};
