import { type Migration } from './migration';

/**
 * The trace of received webhooks, for a limited time. Its words are lists of the code, so that a new one needs no migration.
 * No foreign keys: a trace says what came, whether or not the message is there, and must not hold up its removal.
 * Most webhooks are accepted receipts, which have an entry of their own in a message's timeline: the partial indexes
 * leave them out, so that one costs two index entries.
 */
export const webhooks: Migration = {
  name: '0008_webhooks',
  up: `
    create table webhooks (
      received_at timestamptz(3) not null,
      webhook_id bigint generated always as identity,
      endpoint text not null,
      verdict text not null,
      effect text not null,
      count integer not null,
      event text,
      reason text,
      status text,
      error_code integer,
      conversation_sid text,
      message_sid text,
      participant_sid text,
      delivery_receipt_sid text,
      channel_message_sid text,
      message_id text,
      tenant text,
      duration_ms double precision,
      primary key (received_at, webhook_id),
      constraint webhooks_count_positive check (count > 0)
    );
    create index webhooks_by_tenant on webhooks (tenant, received_at, webhook_id) where tenant is not null;
    create index webhooks_of_nobody on webhooks (received_at, webhook_id) where tenant is null;
    create index webhooks_by_verdict on webhooks (verdict, received_at, webhook_id) where verdict <> 'accepted';
    create index webhooks_by_message on webhooks (message_sid) where verdict <> 'accepted' and message_sid is not null;
  `,
  down: 'drop table webhooks;',
};
