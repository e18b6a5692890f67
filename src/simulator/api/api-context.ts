import { type ParameterizedContext } from 'koa';
import { type Operation } from '../faults/operation';

/** What the middlewares note about a request for its log entry. */
interface RequestNotes {
  operation: Operation | null;
  errorCode: number | null;
  readonly faultIds: number[];
}

/** State of a request on its way through the middlewares. */
export interface ApiState {
  notes: RequestNotes;
}

export type ApiContext = ParameterizedContext<ApiState>;
