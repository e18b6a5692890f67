import { type AppContext } from '../../app-context';
import { presentOptOut } from '../../presenters/opt-out';
import { addressOf } from './address-of';
import { type OptOutDependencies } from './record-statement';

/** GET /v1/opt-outs/{address} */
export function showOptOut({ optOuts }: OptOutDependencies) {
  return async function showOptOut(context: AppContext): Promise<void> {
    const address = addressOf(context);
    context.body = presentOptOut(address, await optOuts.show(address));
  };
}
