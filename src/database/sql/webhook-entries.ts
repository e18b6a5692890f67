import { type WebhookVerdict } from '../../domain/webhook-trace';
import { isoTime } from '../rows';
import { type TimelineEntry } from '../timeline';

/** Webhooks of one attempt, event and verdict, as JSON. */
export interface WebhooksJson {
  readonly attempt: number;
  readonly event: string;
  readonly verdict: WebhookVerdict;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/**
 * Column `webhooks`, a list of `WebhooksJson`, for a select that has the table `messages`. Accepted ones are left out:
 * what they brought is there itself. The conditions are those of the index `webhooks_by_message`.
 */
export const WEBHOOKS_COLUMN = `
    (select coalesce(jsonb_agg(to_jsonb(told)), '[]')
      from (
        select attempts.number as "attempt", webhooks.event as "event", webhooks.verdict as "verdict",
          sum(webhooks.count) as "count", min(webhooks.received_at) as "first", max(webhooks.received_at) as "last"
        from attempts join webhooks on webhooks.message_sid = attempts.message_sid
          and webhooks.verdict <> 'accepted' and webhooks.message_sid is not null
        where attempts.message_id = messages.message_id
        group by attempts.number, webhooks.event, webhooks.verdict
      ) told) as "webhooks"`;

/** How webhooks that left nothing else stand in the timeline: at the time of the first. */
export function webhookEntry({ attempt, event, verdict, count, first, last }: WebhooksJson): TimelineEntry {
  const detail = { event, verdict, count, ...(count > 1 && { lastAt: isoTime(last) }) };
  return { at: isoTime(first), kind: 'webhook', attempt, detail };
}
