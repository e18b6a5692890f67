import type Router from '@koa/router';
import { type Simulation } from '../simulation';
import { type ApiState } from './api-context';

/** What a route file needs to add its routes. */
export interface RouteContext {
  readonly router: Router<ApiState>;
  readonly simulation: Simulation;
}
