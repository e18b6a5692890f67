import { Router } from '@koa/router';
import { type FindTenant } from '../api-keys';
import { type RequestState } from '../app-context';
import { authenticate } from '../middlewares/authenticate';
import { privateAnswers } from '../middlewares/private-answers';
import { listCallbacks } from './callbacks/list';
import { redriveCallback } from './callbacks/redrive';
import { listWebhooks } from './list-webhooks';
import { acknowledgeMessage } from './messages/acknowledge';
import { cancelMessage } from './messages/cancel';
import { createMessage } from './messages/create';
import { listMessages } from './messages/list';
import { redriveMessage } from './messages/redrive';
import { releaseMessage } from './messages/release';
import { showMessage } from './messages/show';
import { deleteOptOut } from './opt-outs/delete';
import { exportOptOuts } from './opt-outs/export';
import { showOptOutHistory } from './opt-outs/history';
import { importOptOuts } from './opt-outs/import';
import { listOptOuts } from './opt-outs/list';
import { putOptOut } from './opt-outs/put';
import { showOptOut } from './opt-outs/show';
import { showTrace } from './show-trace';
import { reportFailures } from './reports/failures';
import { acknowledgeTask } from './tasks/acknowledge';
import { claimTask } from './tasks/claim';
import { giveBackTask } from './tasks/give-back';
import { listTasks } from './tasks/list';
import { noteTask } from './tasks/note';
import { showTask } from './tasks/show';
import { liftSuppression } from './suppressions/lift';
import { listSuppressions } from './suppressions/list';
import { showSuppression } from './suppressions/show';

export type ApiDependencies = Parameters<typeof createMessage>[0] &
  Parameters<typeof showMessage>[0] &
  Parameters<typeof listMessages>[0] &
  Parameters<typeof cancelMessage>[0] &
  Parameters<typeof acknowledgeMessage>[0] &
  Parameters<typeof releaseMessage>[0] &
  Parameters<typeof redriveMessage>[0] &
  Parameters<typeof listTasks>[0] &
  Parameters<typeof showTask>[0] &
  Parameters<typeof claimTask>[0] &
  Parameters<typeof giveBackTask>[0] &
  Parameters<typeof noteTask>[0] &
  Parameters<typeof acknowledgeTask>[0] &
  Parameters<typeof listWebhooks>[0] &
  Parameters<typeof showTrace>[0] &
  Parameters<typeof listCallbacks>[0] &
  Parameters<typeof redriveCallback>[0] &
  Parameters<typeof reportFailures>[0] &
  Parameters<typeof showOptOut>[0] &
  Parameters<typeof showSuppression>[0] & { readonly findTenant: FindTenant };

/** What tenants use; everything needs an API key. */
export function createApiRouter(deps: ApiDependencies): Router<RequestState> {
  return (
    new Router<RequestState>({ prefix: '/v1' })
      .use(privateAnswers(), authenticate(deps.findTenant))
      .post('/messages', createMessage(deps))
      .get('/messages', listMessages(deps))
      .get('/messages/:id', showMessage(deps))
      .post('/messages/:id/cancel', cancelMessage(deps))
      .post('/messages/:id/acknowledge', acknowledgeMessage(deps))
      .post('/messages/:id/release', releaseMessage(deps))
      .post('/messages/:id/redrive', redriveMessage(deps))
      .get('/tasks', listTasks(deps))
      .get('/tasks/:id', showTask(deps))
      .post('/tasks/:id/claim', claimTask(deps))
      .post('/tasks/:id/note', noteTask(deps))
      .post('/tasks/:id/give-back', giveBackTask(deps))
      .post('/tasks/:id/acknowledge', acknowledgeTask(deps))
      .get('/webhooks', listWebhooks(deps))
      .get('/trace/:identifier', showTrace(deps))
      .get('/callbacks', listCallbacks(deps))
      .post('/callbacks/:id/redrive', redriveCallback(deps))
      .get('/reports/failures', reportFailures(deps))
      .get('/opt-outs', listOptOuts(deps))
      // Before the address, which they would be taken for.
      .get('/opt-outs/export', exportOptOuts(deps))
      .post('/opt-outs/import', importOptOuts(deps))
      .get('/opt-outs/:address', showOptOut(deps))
      .put('/opt-outs/:address', putOptOut(deps))
      .delete('/opt-outs/:address', deleteOptOut(deps))
      .get('/opt-outs/:address/history', showOptOutHistory(deps))
      .get('/suppressions', listSuppressions(deps))
      .get('/suppressions/:address', showSuppression(deps))
      .delete('/suppressions/:address', liftSuppression(deps))
  );
}
