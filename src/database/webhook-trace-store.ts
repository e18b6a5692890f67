import { type Knex } from 'knex';
import { type WebhookTrace, type WebhookVerdict } from '../domain/webhook-trace';
import { addWebhookTraces } from './sql/add-webhook-traces';
import { dropOldWebhookTraces } from './sql/drop-old-webhook-traces';
import { listWebhookTraces } from './sql/list-webhook-traces';
import { guardStore } from './with-database-errors';

/** Which traces to list. */
export interface WebhookFilter {
  /** Only what this tenant may see; without it everything, which is for operators of the account. */
  readonly tenant?: string;
  readonly verdict?: WebhookVerdict;
  /** ISO 8601; nothing before it. */
  readonly since?: string;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly limit: number;
}

export interface WebhookPage {
  readonly webhooks: readonly WebhookTrace[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** What came in from Twilio, or pretended to, and what became of it. */
export interface WebhookTraceStore {
  /** One statement that does not wait for the disk: a trace may be lost when the machine fails. */
  add(traces: readonly WebhookTrace[]): Promise<void>;
  /**
   * Newest first. A tenant sees the webhooks of its own messages and those that belong to nobody's message.
   * A receipt that came before its message was known belongs to that message from then on.
   * @throws InvalidCursorError
   */
  list(filter: WebhookFilter): Promise<WebhookPage>;
  /**
   * Removes traces that are older than that, the oldest first, `limit` at most.
   * @returns how many there were.
   */
  dropOlderThan(ageMs: number, limit: number): Promise<number>;
}

/** The trace of webhooks in this database. */
export function createWebhookTraceStore(knex: Knex): WebhookTraceStore {
  return guardStore<WebhookTraceStore>({
    add: (traces) => addWebhookTraces(knex, traces),
    list: (filter) => listWebhookTraces(knex, filter),
    dropOlderThan: (ageMs, limit) => dropOldWebhookTraces(knex, ageMs, limit),
  });
}
