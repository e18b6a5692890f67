import { Router } from '@koa/router';
import { type RequestState } from '../app-context';
import { type ReadinessDependencies, showHealth, showReadiness } from './readiness';
import { type MetricsDependencies, showMetrics } from './show-metrics';

/** What load balancers, operators and Prometheus ask, without a key. */
export function createOperationsRouter(deps: ReadinessDependencies & MetricsDependencies): Router<RequestState> {
  return new Router<RequestState>()
    .get('/healthz', showHealth())
    .get('/readyz', showReadiness(deps))
    .get('/metrics', showMetrics(deps));
}
