import { type Logger } from '../../telemetry/logger';
import { type AppMiddleware } from '../app-context';

/** One `debug` line for each request, with the pattern of its route: the path itself may have a phone number in it. */
export function accessLog(logger: Logger): AppMiddleware {
  return async function accessLog(context, next) {
    if (!logger.isLevelEnabled('debug')) {
      await next();
      return;
    }
    const startedAtMs = performance.now();
    await next();
    logger.debug(
      {
        requestId: context.state.requestId,
        tenant: context.state.tenant,
        method: context.method,
        route: routeOf(context),
        status: context.status,
        durationMs: Math.round(performance.now() - startedAtMs),
      },
      'request',
    );
  };
}

/** The pattern of the route that took the request, `none` when there was none. */
export function routeOf(context: object): string {
  const { _matchedRoute: route } = context as { readonly _matchedRoute?: unknown };
  return typeof route === 'string' ? route : 'none';
}
