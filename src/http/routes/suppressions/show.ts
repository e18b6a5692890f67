import { type SuppressionStore } from '../../../database/suppression-store';
import { type AppContext } from '../../app-context';
import { presentSuppressedAddress } from '../../presenters/suppression';
import { addressOf } from '../opt-outs/address-of';

export interface SuppressionDependencies {
  readonly suppressions: Pick<SuppressionStore, 'lift' | 'list' | 'show'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** GET /v1/suppressions/{address} */
export function showSuppression({ now, suppressions }: SuppressionDependencies) {
  return async function showSuppression(context: AppContext): Promise<void> {
    const address = addressOf(context);
    context.body = presentSuppressedAddress(address, await suppressions.show(address), now());
  };
}
