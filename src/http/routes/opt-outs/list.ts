import { z } from 'zod';
import { OPT_OUT_SOURCES, type OptOutStore } from '../../../database/opt-out-store';
import { parseAddress } from '../../../domain/address';
import { CATEGORIES } from '../../../domain/category';
import { REACH_CHANNELS } from '../../../domain/channel';
import { addressField } from '../../../request/address-field';
import { expectation, expectOneOf } from '../../../request/expectation';
import { strictObject } from '../../../request/strict-object';
import { compact } from '../../../twilio/compact';
import { type AppContext } from '../../app-context';
import { presentStatement } from '../../presenters/opt-out';
import { cursorField, limitField, momentField } from '../../query-fields';
import { validateQuery } from '../../validate';

const USUAL_PAGE = 50;
const LARGEST_PAGE = 200;
/** Stands for a part of the scope that covers everything. */
const ANY = 'any';

const senderField = z.string({ error: expectation('one sender') }).transform((text, context) => {
  if (text === ANY) {
    return ANY;
  }
  const address = addressField('a sender').safeParse(text);
  if (!address.success) {
    context.addIssue({ code: 'custom', message: address.error.issues.map(({ message }) => message).join('; ') });
    return z.NEVER;
  }
  return parseAddress(address.data).e164;
});

const querySchema = strictObject('query parameters', {
  optedOut: z.enum(['true', 'false'], { error: expectOneOf(['true', 'false']) }).optional(),
  source: z.enum(OPT_OUT_SOURCES, { error: expectOneOf(OPT_OUT_SOURCES) }).optional(),
  sender: senderField.optional(),
  channel: z.enum([...REACH_CHANNELS, ANY], { error: expectOneOf([...REACH_CHANNELS, ANY]) }).optional(),
  category: z.enum([...CATEGORIES, ANY], { error: expectOneOf([...CATEGORIES, ANY]) }).optional(),
  since: momentField,
  cursor: cursorField,
  limit: limitField(USUAL_PAGE, LARGEST_PAGE),
});

/** GET /v1/opt-outs: the newest statement of each address and scope, newest first. The ledger is the account's. */
export function listOptOuts({ optOuts }: { readonly optOuts: Pick<OptOutStore, 'list'> }) {
  return async function listOptOuts(context: AppContext): Promise<void> {
    const { limit, optedOut, sender, channel, category, ...filter } = validateQuery(querySchema, context);
    const scope = { sender: anyAsNull(sender), channel: anyAsNull(channel), category: anyAsNull(category) };
    const page = await optOuts.list({
      limit,
      ...compact({ ...filter, ...scope, optedOut: optedOut === undefined ? undefined : optedOut === 'true' }),
    });
    context.body = { optOuts: page.optOuts.map(presentStatement), nextCursor: page.nextCursor ?? null };
  };
}

function anyAsNull<Part extends string>(part: Part | undefined): Exclude<Part, typeof ANY> | null | undefined {
  return part === ANY ? null : (part as Exclude<Part, typeof ANY> | undefined);
}
