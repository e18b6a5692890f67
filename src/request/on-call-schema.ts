import { z } from 'zod';
import { parseAddress } from '../domain/address';
import { MESSAGE_CHANNELS } from '../domain/channel';
import { type OnCall } from '../domain/policy';
import { addressBreaches, addressField, channelOf } from './address-field';
import { templateField, toTemplate } from './content-fields';
import { expectOneOf } from './expectation';
import { strictObject, withRule } from './strict-object';

/** Whom on call a human step tells of its task. */
export const onCallSchema = withRule(
  strictObject('an object such as {"to": "+12025550101"}', {
    to: addressField('whoever is on call'),
    from: addressField('the sender that tells them').optional(),
    channel: z.enum(MESSAGE_CHANNELS, { error: expectOneOf(MESSAGE_CHANNELS) }).optional(),
    whatsappTemplate: templateField.optional(),
  }),
  addressBreaches,
);

/** A valid `onCall` from outside in the form of the domain. */
export function toOnCall(fields: z.output<typeof onCallSchema>): OnCall {
  const { from, to, whatsappTemplate } = fields;
  return {
    channel: channelOf(fields),
    to: parseAddress(to).e164,
    ...(from === undefined ? {} : { from: parseAddress(from).e164 }),
    ...(whatsappTemplate === undefined ? {} : { whatsappTemplate: toTemplate(whatsappTemplate) }),
  };
}
