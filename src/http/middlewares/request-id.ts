import { randomUUID } from 'node:crypto';
import { type AppMiddleware } from '../app-context';

/**
 * Gives each request an id of its own, and the answer the header X-Request-Id. An id from outside is not taken over:
 * it would go into every log line, and nobody knows what is in it.
 */
export function requestId(): AppMiddleware {
  return async function requestId(context, next) {
    context.state.requestId = randomUUID();
    context.set('X-Request-Id', context.state.requestId);
    await next();
  };
}
