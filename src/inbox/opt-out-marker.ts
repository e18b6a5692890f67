import { type OptOutStore } from '../database/opt-out-store';
import { type MessageChannel } from '../domain/channel';
import { type OptOutCode, scopeOfReach } from '../domain/opt-out-code';

/** A no of Twilio to one message: by a receipt, or at once by the API. */
export interface Refusal {
  readonly errorCode?: number;
  /** Which message was refused: its SID, or the attempt that never got one. Never an address. */
  readonly subject: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface RefusedAddresses {
  /** E.164. */
  readonly recipient: string;
  readonly sender: string;
  readonly channel: MessageChannel;
}

/** Marks an opt-out in the ledger when the error code tells of one; otherwise does nothing. The same refusal twice marks once. */
export type OptOutMarker = (refusal: Refusal, addresses: RefusedAddresses) => Promise<void>;

export function createOptOutMarker(deps: {
  optOuts: Pick<OptOutStore, 'record'>;
  optOutCodes: readonly OptOutCode[];
}): OptOutMarker {
  return async function markOptOut({ errorCode, subject, at }, addresses) {
    const optOutCode = deps.optOutCodes.find(({ code }) => code === errorCode);
    if (optOutCode === undefined) {
      return;
    }
    await deps.optOuts.record({
      address: addresses.recipient,
      scope: scopeOfReach(optOutCode.reach, addresses),
      optedOut: true,
      source: 'receipt',
      evidence: `error ${optOutCode.code} on ${subject}`,
      actor: 'twilio',
      at,
    });
  };
}
