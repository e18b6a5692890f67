import { Router } from '@koa/router';
import { type FindTenant } from '../api-keys';
import { type RequestState } from '../app-context';
import { authenticate } from '../middlewares/authenticate';
import { privateAnswers } from '../middlewares/private-answers';
import { listTasks } from './list-tasks';
import { listWebhooks } from './list-webhooks';
import { acknowledgeMessage } from './messages/acknowledge';
import { cancelMessage } from './messages/cancel';
import { createMessage } from './messages/create';
import { listMessages } from './messages/list';
import { showMessage } from './messages/show';
import { deleteOptOut } from './opt-outs/delete';
import { showOptOutHistory } from './opt-outs/history';
import { putOptOut } from './opt-outs/put';
import { showOptOut } from './opt-outs/show';

export type ApiDependencies = Parameters<typeof createMessage>[0] &
  Parameters<typeof showMessage>[0] &
  Parameters<typeof listMessages>[0] &
  Parameters<typeof cancelMessage>[0] &
  Parameters<typeof acknowledgeMessage>[0] &
  Parameters<typeof listTasks>[0] &
  Parameters<typeof listWebhooks>[0] &
  Parameters<typeof showOptOut>[0] & { readonly findTenant: FindTenant };

/** What tenants use; everything needs an API key. */
export function createApiRouter(deps: ApiDependencies): Router<RequestState> {
  return new Router<RequestState>({ prefix: '/v1' })
    .use(privateAnswers(), authenticate(deps.findTenant))
    .post('/messages', createMessage(deps))
    .get('/messages', listMessages(deps))
    .get('/messages/:id', showMessage(deps))
    .post('/messages/:id/cancel', cancelMessage(deps))
    .post('/messages/:id/acknowledge', acknowledgeMessage(deps))
    .get('/tasks', listTasks(deps))
    .get('/webhooks', listWebhooks(deps))
    .get('/opt-outs/:address', showOptOut(deps))
    .put('/opt-outs/:address', putOptOut(deps))
    .delete('/opt-outs/:address', deleteOptOut(deps))
    .get('/opt-outs/:address/history', showOptOutHistory(deps));
}
