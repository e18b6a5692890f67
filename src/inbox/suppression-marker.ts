import { type SuppressionStore } from '../database/suppression-store';
import { isMessageChannel } from '../domain/channel';
import { type SuppressionCode } from '../domain/suppression-code';
import { type AddressMarker } from './address-marker';

const REACHED: ReadonlySet<string | undefined> = new Set(['delivered', 'read']);

/** Puts an address on the list of suppressions when the error code says that it cannot be reached, and takes it off with proof that it can. */
export function createSuppressionMarker(deps: {
  suppressions: Pick<SuppressionStore, 'lift' | 'suppress'>;
  suppressionCodes: readonly SuppressionCode[];
}): AddressMarker {
  const forMsByCode = new Map(deps.suppressionCodes.map(({ code, forMs }) => [code, forMs]));
  return async function markAddress({ at, errorCode, status, subject }, { channel, isSuppressed, recipient }) {
    if (recipient === undefined || !isMessageChannel(channel)) {
      return;
    }
    if (REACHED.has(status)) {
      if (isSuppressed === true) {
        const reason = `${subject} was ${status ?? ''}`;
        await deps.suppressions.lift({ address: recipient, channel, saidBy: at, by: 'delivery', reason });
      }
      return;
    }
    const forMs = errorCode === undefined ? undefined : forMsByCode.get(errorCode);
    if (errorCode !== undefined && forMs !== undefined) {
      const until = new Date(Date.parse(at) + forMs).toISOString();
      await deps.suppressions.suppress({ address: recipient, channel, errorCode, evidence: subject, since: at, until });
    }
  };
}
