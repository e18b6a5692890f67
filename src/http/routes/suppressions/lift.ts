import { z } from 'zod';
import { MESSAGE_CHANNELS } from '../../../domain/channel';
import { expectOneOf } from '../../../request/expectation';
import { strictObject } from '../../../request/strict-object';
import { compact } from '../../../twilio/compact';
import { type AppContext, tenantOf } from '../../app-context';
import { presentSuppressedAddress } from '../../presenters/suppression';
import { validateBody } from '../../validate';
import { addressOf } from '../opt-outs/address-of';
import { reasonField } from '../opt-outs/scope-field';
import { type SuppressionDependencies } from './show';

const bodySchema = strictObject('a JSON object such as {"reason": "the number works again"}', {
  channel: z.enum(MESSAGE_CHANNELS, { error: expectOneOf(MESSAGE_CHANNELS) }).optional(),
  reason: reasonField,
});

/** DELETE /v1/suppressions/{address}: messages go there again, on one channel or on all, for a reason that stays on record. */
export function liftSuppression({ now, suppressions }: SuppressionDependencies) {
  return async function liftSuppression(context: AppContext): Promise<void> {
    const address = addressOf(context);
    const { channel, reason } = await validateBody(bodySchema, context);
    await suppressions.lift({ address, by: tenantOf(context), reason, ...compact({ channel }) });
    context.body = presentSuppressedAddress(address, await suppressions.show(address), now());
  };
}
