import { type Registry } from 'prom-client';
import { type AppContext } from '../app-context';

export interface MetricsDependencies {
  readonly registry: Pick<Registry, 'metrics' | 'contentType'>;
}

/** GET /metrics: what this process measures, in Prometheus' text format. There is no personal data in it and no secret. */
export function showMetrics({ registry }: MetricsDependencies) {
  return async function showMetrics(context: AppContext): Promise<void> {
    context.set('Content-Type', registry.contentType);
    context.body = await registry.metrics();
  };
}
