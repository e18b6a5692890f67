import { type OptOutStore } from '../database/opt-out-store';
import { isMessageChannel } from '../domain/channel';
import { evidenceOfCode } from '../domain/channel-block';
import { type OptOutCode, scopeOfReach } from '../domain/opt-out-code';
import { type AddressMarker } from './address-marker';

/** Marks an opt-out in the ledger when the error code tells of one. */
export function createOptOutMarker(deps: {
  optOuts: Pick<OptOutStore, 'record'>;
  optOutCodes: readonly OptOutCode[];
}): AddressMarker {
  return async function markAddress({ errorCode, subject, at }, { channel, recipient, sender }) {
    const optOutCode = deps.optOutCodes.find(({ code }) => code === errorCode);
    if (optOutCode === undefined || recipient === undefined || sender === undefined || !isMessageChannel(channel)) {
      return;
    }
    await deps.optOuts.record({
      address: recipient,
      scope: scopeOfReach(optOutCode.reach, { sender, channel }),
      optedOut: true,
      source: 'receipt',
      evidence: evidenceOfCode(optOutCode.code, subject),
      actor: 'twilio',
      at,
    });
  };
}
