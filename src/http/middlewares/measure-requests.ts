import { type ApiMetrics } from '../../telemetry/metrics/api-metrics';
import { type AppMiddleware } from '../app-context';
import { routeOf } from './access-log';

/** Measures every request by the pattern of its route: the path itself may have a phone number in it. */
export function measureRequests({ requests }: Pick<ApiMetrics, 'requests'>): AppMiddleware {
  return async function measureRequests(context, next) {
    const startedAtMs = performance.now();
    await next();
    const { method, status } = context;
    requests.observe({ method, route: routeOf(context), status }, (performance.now() - startedAtMs) / 1000);
  };
}
