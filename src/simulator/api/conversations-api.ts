import Router from '@koa/router';
import { type Middleware } from 'koa';
import { type Simulation } from '../simulation';
import { answerErrors } from './answer-errors';
import { type ApiState } from './api-context';
import { authentication } from './authentication';
import { requestLog } from './request-log';
import { addConfigurationRoutes } from './routes/configuration';
import { addConversationRoutes } from './routes/conversations';
import { addMessageRoutes } from './routes/messages';
import { addParticipantConversationRoutes } from './routes/participant-conversations';
import { addParticipantRoutes } from './routes/participants';
import { addReceiptRoutes } from './routes/receipts';
import { addServiceRoutes } from './routes/services';
import { addWebhookConfigurationRoutes } from './routes/webhook-configurations';

/** The middlewares of the simulated Conversations API, in their order. They answer every request that reaches them. */
export function conversationsApi(simulation: Simulation): Middleware<ApiState>[] {
  const router = new Router<ApiState>();
  const context = { router, simulation };
  addConfigurationRoutes(context);
  addWebhookConfigurationRoutes(context);
  addServiceRoutes(context);
  addConversationRoutes(context);
  addParticipantRoutes(context);
  addParticipantConversationRoutes(context);
  addMessageRoutes(context);
  addReceiptRoutes(context);
  return [
    requestLog(simulation.logs.requests),
    answerErrors(),
    authentication(simulation.options),
    router.routes() as unknown as Middleware<ApiState>,
  ];
}
