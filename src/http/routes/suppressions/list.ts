import { z } from 'zod';
import { type SuppressionStore } from '../../../database/suppression-store';
import { MESSAGE_CHANNELS } from '../../../domain/channel';
import { expectation, expectOneOf } from '../../../request/expectation';
import { strictObject } from '../../../request/strict-object';
import { compact } from '../../../twilio/compact';
import { type AppContext } from '../../app-context';
import { presentSuppression } from '../../presenters/suppression';
import { cursorField, limitField } from '../../query-fields';
import { validateQuery } from '../../validate';

const USUAL_PAGE = 50;
const LARGEST_PAGE = 200;

const querySchema = strictObject('query parameters', {
  channel: z.enum(MESSAGE_CHANNELS, { error: expectOneOf(MESSAGE_CHANNELS) }).optional(),
  errorCode: z
    .string()
    .regex(/^[1-9]\d{4}$/, { error: expectation('an error code of five digits, such as 30005') })
    .transform(Number)
    .optional(),
  cursor: cursorField,
  limit: limitField(USUAL_PAGE, LARGEST_PAGE),
});

/** GET /v1/suppressions: addresses that cannot be reached now, the newest first. The list is the account's. */
export function listSuppressions({ suppressions }: { readonly suppressions: Pick<SuppressionStore, 'list'> }) {
  return async function listSuppressions(context: AppContext): Promise<void> {
    const { limit, ...filter } = validateQuery(querySchema, context);
    const page = await suppressions.list({ limit, ...compact(filter) });
    context.body = {
      suppressions: page.suppressions.map(presentSuppression),
      nextCursor: page.nextCursor ?? null,
    };
  };
}
