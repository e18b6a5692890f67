import { z } from 'zod';
import { parseAddress } from '../../../domain/address';
import { CATEGORIES } from '../../../domain/category';
import { REACH_CHANNELS } from '../../../domain/channel';
import { type OptOutScope } from '../../../domain/opt-out-scope';
import { LONGEST_REASON } from '../../../opt-outs/reason-length';
import { addressField } from '../../../request/address-field';
import { expectOneOf } from '../../../request/expectation';
import { strictObject } from '../../../request/strict-object';
import { textField } from '../../../request/text-field';
import { compact } from '../../../twilio/compact';

/** What an opt-out covers; a part that is left out means any. */
export const scopeField = strictObject('an object such as {"channel": "sms"}', {
  sender: addressField('the sender').optional(),
  channel: z.enum(REACH_CHANNELS, { error: expectOneOf(REACH_CHANNELS) }).optional(),
  category: z.enum(CATEGORIES, { error: expectOneOf(CATEGORIES) }).optional(),
}).transform(({ sender, channel, category }): OptOutScope =>
  compact({ sender: sender === undefined ? undefined : parseAddress(sender).e164, channel, category }),
);

/** Why somebody changed the ledger by hand. */
export const reasonField = textField('the reason in words, such as "asked by phone"', LONGEST_REASON).refine(
  (text) => text.trim() !== '',
  { error: 'is empty: give the reason in words, such as "asked by phone"' },
);
