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
        route: routeOf(context as { readonly _matchedRoute?: unknown }),
        status: context.status,
        durationMs: Math.round(performance.now() - startedAtMs),
      },
      'request',
    );
  };
}

function routeOf(context: { readonly _matchedRoute?: unknown }): string {
  return typeof context._matchedRoute === 'string' ? context._matchedRoute : 'none';
}
