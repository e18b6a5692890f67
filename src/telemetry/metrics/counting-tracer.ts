import { type WebhookTracer } from '../../inbox/webhook-tracer';
import { type ApiMetrics } from './api-metrics';

/** The tracer, with every webhook counted, those included that leave no trace of their own. */
export function countingWebhooks<Tracer extends Pick<WebhookTracer, 'note'>>(
  tracer: Tracer,
  { webhooks, webhookAnswers }: Pick<ApiMetrics, 'webhooks' | 'webhookAnswers'>,
): Tracer {
  return {
    ...tracer,
    note: (trace) => {
      const { count, durationMs, effect, endpoint, verdict } = trace;
      webhooks.inc({ endpoint, verdict, effect }, count);
      if (durationMs !== undefined) {
        webhookAnswers.observe({ endpoint }, durationMs / 1000);
      }
      tracer.note(trace);
    },
  };
}
