import { type RouterContext } from '@koa/router';
import { type Middleware } from 'koa';
import { HttpProblem } from './http-problem';
import { type WebhookNotes } from './routes/webhooks/webhook-notes';

/** What travels with one request. */
export interface RequestState {
  /** A random UUID, in every answer and every log line of the request. */
  requestId: string;
  /** Set by `authenticate`. */
  tenant?: string;
  /** What the handlers of a webhook noted for its trace. */
  webhook?: WebhookNotes;
}

export type AppMiddleware = Middleware<RequestState>;
export type AppContext = RouterContext<RequestState>;

/**
 * The tenant whose API key came with the request.
 * @throws HttpProblem `unauthorized` on a route without `authenticate`, so that a forgotten check fails closed.
 */
export function tenantOf(context: Pick<AppContext, 'state'>): string {
  const { tenant } = context.state;
  if (tenant === undefined) {
    throw new HttpProblem('unauthorized');
  }
  return tenant;
}
