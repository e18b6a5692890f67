import { log } from '@temporalio/activity';
import { type CallbackStore } from '../src/database/callback-store';
import { type SweepBatch } from '../src/database/sweep-store';
import { type CallbackClient } from '../src/temporal/callback-client';

export interface StartUntoldDependencies {
  readonly callbacks: Pick<CallbackStore, 'untold' | 'recordChecked'>;
  readonly client: CallbackClient;
}

/**
 * Starts the workflows of callbacks that were written and not taken yet: one that is under way is left alone.
 * @returns how many are under way now.
 */
export async function startUntold(deps: StartUntoldDependencies, batch: SweepBatch): Promise<number> {
  const untold = await deps.callbacks.untold(batch);
  let refused = 0;
  for (const callback of untold) {
    try {
      await deps.client.startCallback(callback);
    } catch (error) {
      refused += 1;
      log.warn('a callback could not be started', { callbackId: callback.callbackId, error });
    }
  }
  await deps.callbacks.recordChecked(untold.map(({ callbackId }) => callbackId));
  return untold.length - refused;
}
