import { strictObject } from '../../../request/strict-object';
import { type AppContext } from '../../app-context';
import { presentOptOut } from '../../presenters/opt-out';
import { validateBody } from '../../validate';
import { addressOf } from './address-of';
import { type OptOutDependencies, recordStatement } from './record-statement';
import { reasonField } from './scope-field';

const bodySchema = strictObject('a JSON object such as {"reason": "opted in again by phone"}', { reason: reasonField });

/** DELETE /v1/opt-outs/{address}: lifts everything that is opted out now, for a reason. The history keeps what was said. */
export function deleteOptOut(deps: OptOutDependencies) {
  return async function deleteOptOut(context: AppContext): Promise<void> {
    const address = addressOf(context);
    const { reason } = await validateBody(bodySchema, context);
    const optedOut = (await deps.optOuts.show(address)).filter((entry) => entry.optedOut);
    for (const { scope } of optedOut) {
      await recordStatement(deps, context, { address, scope, optedOut: false, reason });
    }
    context.body = presentOptOut(address, await deps.optOuts.show(address));
  };
}
