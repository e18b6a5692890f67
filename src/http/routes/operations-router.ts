import { Router } from '@koa/router';
import { type RequestState } from '../app-context';
import { type ReadinessDependencies, showHealth, showReadiness } from './readiness';

/** What load balancers and operators ask, without a key. */
export function createOperationsRouter(deps: ReadinessDependencies): Router<RequestState> {
  return new Router<RequestState>().get('/healthz', showHealth()).get('/readyz', showReadiness(deps));
}
