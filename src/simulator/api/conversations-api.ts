import Router from '@koa/router';
import { type Middleware } from 'koa';
import { type Simulation } from '../simulation';
import { answerDate } from './answer-date';
import { answerErrors } from './answer-errors';
import { type ApiState } from './api-context';
import { authentication } from './authentication';
import { requestLog } from './request-log';
import { addAccountResourceRoutes } from './routes/account-resources';
import { addCallRoutes } from './routes/calls';
import { addConfigurationRoutes } from './routes/configuration';
import { addConversationRoutes } from './routes/conversations';
import { addMessageRoutes } from './routes/messages';
import { addMessagingServiceRoutes } from './routes/messaging-services';
import { addParticipantConversationRoutes } from './routes/participant-conversations';
import { addParticipantRoutes } from './routes/participants';
import { addReceiptRoutes } from './routes/receipts';
import { addServiceRoutes } from './routes/services';
import { addWebhookConfigurationRoutes } from './routes/webhook-configurations';

/** The middlewares of the simulated Conversations API, and of calls, in their order. They answer every request that reaches them. */
export function conversationsApi(simulation: Simulation): Middleware<ApiState>[] {
  const router = new Router<ApiState>();
  const context = { router, simulation };
  addAccountResourceRoutes(context);
  addMessagingServiceRoutes(context);
  addConfigurationRoutes(context);
  addWebhookConfigurationRoutes(context);
  addServiceRoutes(context);
  addConversationRoutes(context);
  addParticipantRoutes(context);
  addParticipantConversationRoutes(context);
  addMessageRoutes(context);
  addReceiptRoutes(context);
  addCallRoutes(context);
  return [
    answerDate(simulation.accountBook),
    requestLog(simulation.logs.requests),
    answerErrors(),
    authentication(simulation.options),
    router.routes() as unknown as Middleware<ApiState>,
  ];
}
