import { z } from 'zod';
import { type CallbackStore } from '../../../database/callback-store';
import { CALLBACK_STATUSES } from '../../../domain/callback';
import { describeStray } from '../../../domain/sid';
import { expectation, expectOneOf } from '../../../request/expectation';
import { strictObject } from '../../../request/strict-object';
import { compact } from '../../../twilio/compact';
import { type AppContext, tenantOf } from '../../app-context';
import { presentCallback } from '../../presenters/callback';
import { cursorField, limitField, momentField } from '../../query-fields';
import { validateQuery } from '../../validate';

const USUAL_PAGE = 50;
const LARGEST_PAGE = 200;

const querySchema = strictObject('query parameters', {
  status: z.enum(CALLBACK_STATUSES, { error: expectOneOf(CALLBACK_STATUSES) }).optional(),
  messageId: z
    .string({ error: expectation('one id of a message') })
    .regex(/^[\w-]{1,100}$/, { error: 'is no id of a message: take the `id` of a message, or leave it out' })
    .superRefine((text, context) => {
      const stray = describeStray(text, 'a message id starts with msg_');
      if (stray !== undefined) {
        context.addIssue({ code: 'custom', message: stray });
      }
    })
    .optional(),
  since: momentField,
  cursor: cursorField,
  limit: limitField(USUAL_PAGE, LARGEST_PAGE),
});

/** GET /v1/callbacks, newest first. */
export function listCallbacks(deps: { readonly callbacks: Pick<CallbackStore, 'list'> }) {
  return async function listCallbacks(context: AppContext): Promise<void> {
    const { limit, ...filter } = validateQuery(querySchema, context);
    const page = await deps.callbacks.list({ tenant: tenantOf(context), limit, ...compact(filter) });
    context.body = { callbacks: page.callbacks.map(presentCallback), nextCursor: page.nextCursor ?? null };
  };
}
