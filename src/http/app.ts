import Koa from 'koa';
import { type Logger } from '../telemetry/logger';
import { type ApiMetrics } from '../telemetry/metrics/api-metrics';
import { type RequestState } from './app-context';
import { accessLog } from './middlewares/access-log';
import { measureRequests } from './middlewares/measure-requests';
import { problemDocuments } from './middlewares/problem-documents';
import { requestId } from './middlewares/request-id';
import { unmatched } from './middlewares/unmatched';
import { type ApiDependencies, createApiRouter } from './routes/api-router';
import { createOperationsRouter } from './routes/operations-router';
import { createWebhookRouter, type WebhookRouterDependencies } from './routes/webhook-router';

/** Everything that the HTTP side works with. */
export type AppDependencies = ApiDependencies &
  WebhookRouterDependencies &
  Parameters<typeof createOperationsRouter>[0] & {
    readonly logger: Logger;
    readonly metrics: Pick<ApiMetrics, 'requests'>;
  };

/** The HTTP side of posthorn. Webhooks come first: they are the most, and Twilio waits for no more than 5 s. */
export function createApp(deps: AppDependencies): Koa<RequestState> {
  const app = new Koa<RequestState>();
  // Koa tells of callers that hung up; nobody on this side can mend that.
  app.on('error', (error: unknown) => deps.logger.debug({ err: error }, 'an answer could not be written'));
  app.use(requestId());
  app.use(measureRequests(deps.metrics));
  app.use(accessLog(deps.logger));
  app.use(problemDocuments(deps.logger));
  app.use(createWebhookRouter(deps).routes());
  app.use(createApiRouter(deps).routes());
  app.use(createOperationsRouter(deps).routes());
  app.use(unmatched());
  return app;
}
