import { overridesRecipient } from '../../../opt-outs/overrides-recipient';
import { strictObject } from '../../../request/strict-object';
import { type AppContext } from '../../app-context';
import { presentOptOut } from '../../presenters/opt-out';
import { invalid, validateBody } from '../../validate';
import { addressOf } from './address-of';
import { type OptOutDependencies, recordStatement } from './record-statement';
import { reasonField, scopeField } from './scope-field';

const bodySchema = strictObject('a JSON object such as {"reason": "asked by phone"}', {
  scope: scopeField.optional(),
  reason: reasonField.optional(),
});

/**
 * PUT /v1/opt-outs/{address}: nothing more is sent in this scope; without a scope nothing at all.
 * It needs a reason where the recipient has opted in.
 */
export function putOptOut(deps: OptOutDependencies) {
  return async function putOptOut(context: AppContext): Promise<void> {
    const address = addressOf(context);
    const { scope = {}, reason } = await validateBody(bodySchema, context);
    if (reason === undefined && overridesRecipient(await deps.optOuts.show(address), scope)) {
      const message = 'reason is missing: the recipient has opted in here, so say why that no longer counts';
      throw invalid([{ field: 'reason', message }], 'body');
    }
    await recordStatement(deps, context, { address, scope, optedOut: true, reason });
    context.body = presentOptOut(address, await deps.optOuts.show(address));
  };
}
