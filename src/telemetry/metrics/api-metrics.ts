import { Counter, Histogram, type Registry } from 'prom-client';
import { createSharedMetrics, type SharedMetrics } from './shared-metrics';

/** Seconds. Twilio gives up a webhook after 5 s, and 0.25 s is what posthorn sets itself. */
const ANSWER_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the API process measures. */
export interface ApiMetrics extends SharedMetrics {
  readonly accepted: Counter<'channel' | 'category'>;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly webhooks: Counter<'endpoint' | 'verdict' | 'effect'>;
  readonly webhookAnswers: Histogram<'endpoint'>;
}

/** Registers what the API process measures of its own work. */
export function createApiMetrics(registry: Registry): ApiMetrics {
  const registers = [registry];
  return {
    ...createSharedMetrics(registry),
    accepted: new Counter({
      name: 'posthorn_messages_accepted_total',
      help: 'Messages accepted over HTTP, repetitions not counted',
      labelNames: ['channel', 'category'],
      registers,
    }),
    requests: new Histogram({
      name: 'posthorn_http_request_duration_seconds',
      help: 'Time to the answer of HTTP requests, webhooks included, by the pattern of the route',
      labelNames: ['method', 'route', 'status'],
      buckets: ANSWER_BUCKETS,
      registers,
    }),
    webhooks: new Counter({
      name: 'posthorn_webhooks_total',
      help: 'Webhooks, by what became of them and what they changed; "kept_for_later" waits in Temporal for Postgres',
      labelNames: ['endpoint', 'verdict', 'effect'],
      registers,
    }),
    webhookAnswers: new Histogram({
      name: 'posthorn_webhook_duration_seconds',
      help: 'Time to the answer of webhooks',
      labelNames: ['endpoint'],
      buckets: ANSWER_BUCKETS,
      registers,
    }),
  };
}
