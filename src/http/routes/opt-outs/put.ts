import { strictObject } from '../../../request/strict-object';
import { type AppContext } from '../../app-context';
import { presentOptOut } from '../../presenters/opt-out';
import { validateBody } from '../../validate';
import { addressOf } from './address-of';
import { type OptOutDependencies, recordStatement } from './record-statement';
import { reasonField, scopeField } from './scope-field';

const bodySchema = strictObject('a JSON object such as {"reason": "asked by phone"}', {
  scope: scopeField.optional(),
  reason: reasonField,
});

/** PUT /v1/opt-outs/{address}: nothing more is sent in this scope; without a scope nothing at all. */
export function putOptOut(deps: OptOutDependencies) {
  return async function putOptOut(context: AppContext): Promise<void> {
    const address = addressOf(context);
    const { scope = {}, reason } = await validateBody(bodySchema, context);
    await recordStatement(deps, context, { address, scope, optedOut: true, reason });
    context.body = presentOptOut(address, await deps.optOuts.show(address));
  };
}
