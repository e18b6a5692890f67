import { type Knex } from 'knex';
import { type WebhookTrace } from '../../domain/webhook-trace';
import { query } from '../rows';

/** `relaxed` lasts for the one transaction that the statement is: nobody waits until the disk has a trace. */
const SQL = `
  with relaxed as materialized (select set_config('synchronous_commit', 'off', true))
  insert into webhooks (received_at, endpoint, verdict, effect, count, event, reason, status, error_code, conversation_sid,
    message_sid, participant_sid, delivery_receipt_sid, channel_message_sid, call_sid, message_id, tenant, duration_ms)
  select trace."receivedAt", trace."endpoint", trace."verdict", trace."effect", trace."count", trace."event", trace."reason",
    trace."status", trace."errorCode", trace."conversationSid", trace."messageSid", trace."participantSid",
    trace."deliveryReceiptSid", trace."channelMessageSid", trace."callSid", trace."messageId", trace."tenant", trace."durationMs"
  from relaxed cross join jsonb_to_recordset(cast(:traces as jsonb)) as trace ("receivedAt" timestamptz(3), "endpoint" text,
    "verdict" text, "effect" text, "count" integer, "event" text, "reason" text, "status" text, "errorCode" integer,
    "conversationSid" text, "messageSid" text, "participantSid" text, "deliveryReceiptSid" text, "channelMessageSid" text, "callSid" text,
    "messageId" text, "tenant" text, "durationMs" double precision)`;

/** `WebhookTraceStore.add`. */
export async function addWebhookTraces(knex: Knex, traces: readonly WebhookTrace[]): Promise<void> {
  await query(knex, SQL, { traces: JSON.stringify(traces) });
}
