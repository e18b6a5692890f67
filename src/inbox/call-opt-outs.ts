import { type OptOutStore } from '../database/opt-out-store';
import { CALL_CHANNEL } from '../domain/channel';
import { type CallSid } from '../domain/sid';

/** Somebody said by a key that they want no calls. */
export interface RefusedCalls {
  /** E.164. */
  readonly recipient: string;
  readonly callSid: CallSid;
  /** ISO 8601. */
  readonly at: string;
}

/** Writes into the ledger that somebody wants no calls, from whatever number. Telling it again changes nothing. */
export type RecordCallOptOut = (refused: RefusedCalls) => Promise<void>;

export function createRecordCallOptOut(deps: { readonly optOuts: Pick<OptOutStore, 'record'> }): RecordCallOptOut {
  return async function recordCallOptOut({ at, callSid, recipient }) {
    await deps.optOuts.record({
      address: recipient,
      scope: { channel: CALL_CHANNEL },
      optedOut: true,
      source: 'call_key',
      evidence: callSid,
      actor: 'recipient',
      at,
    });
  };
}
