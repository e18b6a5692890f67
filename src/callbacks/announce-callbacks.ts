import { type AnnounceCallbacks } from '../database/written-callback';
import { type Logger } from '../telemetry/logger';
import { type CallbackClient } from '../temporal/callback-client';

/** Starts the workflows that tell callers. What Temporal does not take now is started by the sweep. */
export function createAnnouncer(deps: {
  readonly client: CallbackClient;
  readonly logger: Pick<Logger, 'warn'>;
}): AnnounceCallbacks {
  return async (written) => {
    const started = await Promise.allSettled(written.map(async (callback) => deps.client.startCallback(callback)));
    const failure = started.find((result) => result.status === 'rejected');
    if (failure !== undefined) {
      deps.logger.warn(
        { err: failure.reason as unknown, callbackIds: written.map(({ callbackId }) => callbackId) },
        'callbacks could not be started; the sweep does it',
      );
    }
  };
}
