import {
  redriveMessage as redrive,
  type RedriveDependencies,
  type RedriveResult,
} from '../src/redrive/redrive-message';
import { type RedriveRequest } from '../workflows/contract';

export type RedriveMessageDependencies = RedriveDependencies;

/** Redrives a message for a service that has access to Temporal and not to Postgres. Repeating it changes nothing. */
export function createRedriveMessage(deps: RedriveMessageDependencies) {
  return async function redriveMessage(request: RedriveRequest): Promise<RedriveResult> {
    return await redrive(deps, request);
  };
}
