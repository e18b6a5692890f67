import { type RedriveResult } from '../src/redrive/redrive-message';
import { redrives } from './activity-proxies';
import { type RedriveRequest } from './contract';

/** Redrives a dead message for the typed client, which knows Temporal alone. */
export async function redriveMessage(request: RedriveRequest): Promise<RedriveResult> {
  return await redrives().redriveMessage(request);
}
