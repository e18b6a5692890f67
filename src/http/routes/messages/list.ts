import { z } from 'zod';
import { type MessageStore } from '../../../database/message-store';
import { MESSAGE_STATUSES } from '../../../domain/message-status';
import { OUTCOME_KINDS } from '../../../domain/outcome';
import { expectOneOf } from '../../../request/expectation';
import { strictObject } from '../../../request/strict-object';
import { compact } from '../../../twilio/compact';
import { type AppContext, tenantOf } from '../../app-context';
import { presentSummary } from '../../presenters/message';
import { cursorField, limitField, momentField } from '../../query-fields';
import { validateQuery } from '../../validate';

const USUAL_PAGE = 50;
const LARGEST_PAGE = 200;

const querySchema = strictObject('query parameters', {
  status: z.enum(MESSAGE_STATUSES, { error: expectOneOf(MESSAGE_STATUSES) }).optional(),
  outcome: z.enum(OUTCOME_KINDS, { error: expectOneOf(OUTCOME_KINDS) }).optional(),
  dead: z.enum(['true'], { error: expectOneOf(['true']) }).optional(),
  since: momentField,
  cursor: cursorField,
  limit: limitField(USUAL_PAGE, LARGEST_PAGE),
});

/** GET /v1/messages, newest first. */
export function listMessages(deps: { readonly messages: Pick<MessageStore, 'list'> }) {
  return async function listMessages(context: AppContext): Promise<void> {
    const { dead, limit, ...filter } = validateQuery(querySchema, context);
    const isDead = dead === undefined ? {} : { isDead: true as const };
    const page = await deps.messages.list({ tenant: tenantOf(context), limit, ...isDead, ...compact(filter) });
    context.body = { messages: page.messages.map(presentSummary), nextCursor: page.nextCursor ?? null };
  };
}
