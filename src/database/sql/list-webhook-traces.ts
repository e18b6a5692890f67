import { type Knex } from 'knex';
import { type WebhookTrace } from '../../domain/webhook-trace';
import { decodeCursor, encodeCursor } from '../list-cursor';
import { query } from '../rows';
import { type WebhookFilter, type WebhookPage } from '../webhook-trace-store';

type Row = WebhookTrace & { readonly webhookId: string };

const COLUMNS = `
    webhooks.webhook_id::text as "webhookId", webhooks.received_at as "receivedAt", webhooks.endpoint as "endpoint",
    webhooks.verdict as "verdict", webhooks.effect as "effect", webhooks.count as "count", webhooks.event as "event",
    webhooks.reason as "reason", webhooks.status as "status", webhooks.error_code as "errorCode",
    webhooks.conversation_sid as "conversationSid", webhooks.message_sid as "messageSid",
    webhooks.participant_sid as "participantSid", webhooks.delivery_receipt_sid as "deliveryReceiptSid",
    webhooks.channel_message_sid as "channelMessageSid", webhooks.call_sid as "callSid",
    coalesce(webhooks.message_id, owner.message_id) as "messageId",
    coalesce(webhooks.tenant, owner.tenant) as "tenant", webhooks.duration_ms as "durationMs"`;

/** Whose message it turned out to be after the trace was written. */
const OWNER = `
    left join lateral (
      select messages.message_id, messages.tenant
      from attempts join messages on messages.message_id = attempts.message_id
      where attempts.message_sid = webhooks.message_sid
      limit 1
    ) owner on webhooks.tenant is null`;

/** `WebhookTraceStore.list`. Newest first, by keyset: a page costs the same however far back it is. */
export async function listWebhookTraces(knex: Knex, filter: WebhookFilter): Promise<WebhookPage> {
  const { tenant, verdict, since, cursor, limit } = filter;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, /^\d{1,18}$/);
  const rows = await query<Row>(knex, statement(filter), {
    limit: limit + 1,
    ...(tenant !== undefined && { tenant }),
    ...(verdict !== undefined && { verdict }),
    ...(since !== undefined && { since }),
    ...after,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const webhooks = page.map(traceOf);
  return rows.length > limit && last !== undefined
    ? { webhooks, nextCursor: encodeCursor({ at: last.receivedAt, id: last.webhookId }) }
    : { webhooks };
}

/** The row without its id, and without what is not known. */
function traceOf(row: Row): WebhookTrace {
  const parts = Object.entries(row).filter(([name, value]) => name !== 'webhookId' && value !== null);
  return Object.fromEntries(parts) as unknown as WebhookTrace;
}

/** A tenant's own and nobody's are two walks along one index, which the outer order puts together. */
function statement(filter: WebhookFilter): string {
  const parts =
    filter.tenant === undefined
      ? [part(filter, [])]
      : [
          part(filter, ['webhooks.tenant = :tenant']),
          part(filter, ['webhooks.tenant is null', '(owner.tenant is null or owner.tenant = :tenant)']),
        ];
  return `
    select * from (${parts.map((sql) => `(${sql})`).join(' union all ')}) page
    order by page."receivedAt" desc, cast(page."webhookId" as bigint) desc
    limit :limit`;
}

/** That a verdict is not `accepted` is said again, so that the partial index can be used. */
function part({ verdict, since, cursor }: WebhookFilter, whose: readonly string[]): string {
  const conditions = [
    'true',
    ...whose,
    ...(verdict === undefined ? [] : ['webhooks.verdict = :verdict']),
    ...(verdict === undefined || verdict === 'accepted' ? [] : ["webhooks.verdict <> 'accepted'"]),
    ...(since === undefined ? [] : ['webhooks.received_at >= cast(:since as timestamptz)']),
    ...(cursor === undefined
      ? []
      : ['(webhooks.received_at, webhooks.webhook_id) < (cast(:at as timestamptz), cast(:id as bigint))']),
  ];
  return `
    select ${COLUMNS}
    from webhooks ${OWNER}
    where ${conditions.join(' and ')}
    order by webhooks.received_at desc, webhooks.webhook_id desc
    limit :limit`;
}
