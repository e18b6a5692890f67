import { type Knex } from 'knex';
import { type ApiConfig } from './config/api-config';
import { createWebhookTraceStore, type WebhookTraceStore } from './database/webhook-trace-store';
import { createBackground } from './inbox/background';
import { createTraceLimit } from './inbox/trace-limit';
import { createTraceUpkeep, type TraceUpkeep } from './inbox/trace-upkeep';
import { createWebhookTracer, type WebhookTracer } from './inbox/webhook-tracer';
import { type Logger } from './telemetry/logger';

/** Traces of webhooks that changed nothing, for each endpoint, verdict and minute; the rest of a minute is only counted. */
const IDLE_TRACES_PER_MINUTE = 60;

export interface WebhookTraceParts {
  readonly store: WebhookTraceStore;
  readonly tracer: WebhookTracer;
  readonly keepUp: TraceUpkeep;
}

/** What takes down, limits and forgets the traces of webhooks in one API process. */
export function composeWebhookTrace(
  { keepWebhooksMs }: Pick<ApiConfig, 'keepWebhooksMs'>,
  knex: Knex,
  logger: Logger,
): WebhookTraceParts {
  const store = createWebhookTraceStore(knex);
  // One task writes and sees to what fails itself; the next may begin while it is just ending.
  const background = createBackground({ limit: 2, report: () => undefined });
  const tracer = createWebhookTracer({ store, background, limit: createTraceLimit(IDLE_TRACES_PER_MINUTE), logger });
  return { store, tracer, keepUp: createTraceUpkeep({ tracer, store, logger, keepMs: keepWebhooksMs, now: Date.now }) };
}
