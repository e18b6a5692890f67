import { type AppContext } from '../../app-context';
import { presentHistory } from '../../presenters/opt-out';
import { addressOf } from './address-of';
import { type OptOutDependencies } from './record-statement';

/** GET /v1/opt-outs/{address}/history */
export function showOptOutHistory({ optOuts }: OptOutDependencies) {
  return async function showOptOutHistory(context: AppContext): Promise<void> {
    const address = addressOf(context);
    context.body = presentHistory(address, await optOuts.history(address));
  };
}
