import { z } from 'zod';
import { CATEGORIES } from '../domain/category';
import { MESSAGE_CHANNELS } from '../domain/channel';
import { addressBreaches, addressField } from './address-field';
import { callbackUrlField } from './callback-url-field';
import { contentBreaches, contentFields, mediaField } from './content-fields';
import { expectOneOf } from './expectation';
import { textRecord } from './text-record';
import { policySchema } from './policy-schema';
import { recipientBreaches } from './recipient-breaches';
import { sidField } from './sid-field';
import { strictObject, withRule } from './strict-object';
import { timeBreaches, timeFields } from './time-fields';

/** Small enough to travel with the message everywhere it goes. */
const METADATA_LIMITS = { entries: 20, name: 64, value: 500, total: 4096 };

/** The body of `POST /v1/messages`, as callers write it. Nothing is changed in it; `parseSendRequest` completes it. */
export const sendRequestSchema = withRule(
  strictObject('a JSON object such as {"to": "+12025550101", "body": "Hello"}', {
    to: addressField('the recipient').optional(),
    conversationSid: sidField('CH', 'the SID of an existing conversation (CH…)').optional(),
    from: addressField('the sender').optional(),
    channel: z.enum(MESSAGE_CHANNELS, { error: expectOneOf(MESSAGE_CHANNELS) }).optional(),
    ...contentFields,
    media: mediaField,
    category: z.enum(CATEGORIES, { error: expectOneOf(CATEGORIES) }).optional(),
    ...timeFields,
    policy: policySchema.optional(),
    metadata: textRecord('texts by name, such as {"order": "1234"}', METADATA_LIMITS).optional(),
    callbackUrl: callbackUrlField.optional(),
  }),
  (request) => [
    ...recipientBreaches(request),
    ...addressBreaches(request),
    ...contentBreaches(request),
    ...timeBreaches(request),
  ],
);

/** A request as callers write it: only `to` or `conversationSid` and something to say are needed. */
export type SendRequestInput = z.input<typeof sendRequestSchema>;
