import { type Migration } from './migration';

/** From each of Twilio's identifiers to the message that it belongs to. That of a message itself has its index already. */
export const traceIndexes: Migration = {
  name: '0017_trace_indexes',
  up: `
    create index attempts_by_conversation on attempts (conversation_sid) where conversation_sid is not null;
    create index attempts_by_participant on attempts (participant_sid) where participant_sid is not null;
    create index attempt_participants_by_participant on attempt_participants (participant_sid);
    create index delivery_events_by_receipt on delivery_events (delivery_receipt_sid);
    create index delivery_events_by_channel_message on delivery_events (channel_message_sid)
      where channel_message_sid is not null;
  `,
  down: `
    drop index delivery_events_by_channel_message;
    drop index delivery_events_by_receipt;
    drop index attempt_participants_by_participant;
    drop index attempts_by_participant;
    drop index attempts_by_conversation;
  `,
};
