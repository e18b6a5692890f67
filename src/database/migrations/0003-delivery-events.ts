import { type Migration } from './migration';

/**
 * The inbox of receipts. `event_id` is made of receipt, status and error code, so the primary key is the de-duplication key.
 * `signal_due_at` is null when the event needs no signal (any more); few rows have one, so its index stays small.
 * It is compared with `now()` and nothing else, so it is not rounded as the other times are.
 * No foreign key to attempts: a receipt may come before the SID of its message is stored.
 */
export const deliveryEvents: Migration = {
  name: '0003_delivery_events',
  up: `
    create table delivery_events (
      event_id text primary key,
      delivery_receipt_sid text not null,
      status text not null,
      error_code integer,
      message_sid text not null,
      conversation_sid text not null,
      participant_sid text,
      channel_message_sid text,
      source text not null,
      unknown_fields jsonb not null,
      at timestamptz(3) not null,
      received_at timestamptz(3) not null default now(),
      signal_due_at timestamptz,
      constraint delivery_events_source_known check (source in ('webhook', 'poll'))
    );
    create index delivery_events_by_message on delivery_events (message_sid);
    create index delivery_events_due on delivery_events (signal_due_at) where signal_due_at is not null;
  `,
  down: 'drop table delivery_events;',
};
