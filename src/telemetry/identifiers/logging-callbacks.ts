import { type CallbackStore } from '../../database/callback-store';
import { type AnnounceCallbacks } from '../../database/written-callback';
import { type IdentifierLog } from './identifier-log';

/** Announces callbacks, with their ids logged. */
export function loggingAnnounced(announce: AnnounceCallbacks, log: IdentifierLog): AnnounceCallbacks {
  return async (written) => {
    for (const { callbackId, messageId } of written) {
      log.created({ callbackId, messageId }, 'a callback was written');
    }
    await announce(written);
  };
}

/** The callbacks, with the identifiers logged of those that are about to be told. */
export function loggingCallbacks<Store extends Pick<CallbackStore, 'findUntold'>>(
  callbacks: Store,
  log: IdentifierLog,
): Store {
  return {
    ...callbacks,
    findUntold: async (callbackId) => {
      const untold = await callbacks.findUntold(callbackId);
      if (untold !== undefined) {
        log.used({ callbackId, messageId: untold.messageId }, 'a callback is told');
      }
      return untold;
    },
  };
}
