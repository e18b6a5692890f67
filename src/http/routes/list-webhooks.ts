import { z } from 'zod';
import { type WebhookTraceStore } from '../../database/webhook-trace-store';
import { WEBHOOK_VERDICT_NAMES } from '../../domain/webhook-trace';
import { expectOneOf } from '../../request/expectation';
import { strictObject } from '../../request/strict-object';
import { compact } from '../../twilio/compact';
import { type AppContext, tenantOf } from '../app-context';
import { presentWebhook } from '../presenters/webhook';
import { cursorField, limitField, momentField } from '../query-fields';
import { validateQuery } from '../validate';

const USUAL_PAGE = 50;
const LARGEST_PAGE = 200;

const querySchema = strictObject('query parameters', {
  since: momentField,
  verdict: z.enum(WEBHOOK_VERDICT_NAMES, { error: expectOneOf(WEBHOOK_VERDICT_NAMES) }).optional(),
  cursor: cursorField,
  limit: limitField(USUAL_PAGE, LARGEST_PAGE),
});

/**
 * GET /v1/webhooks, newest first: the webhooks of the tenant's messages, and those of nobody's message. The latter have
 * no address, no text and no tenant in them, and are where a wrong configuration shows.
 */
export function listWebhooks(deps: { readonly webhookTraces: Pick<WebhookTraceStore, 'list'> }) {
  return async function listWebhooks(context: AppContext): Promise<void> {
    const { limit, ...filter } = validateQuery(querySchema, context);
    const page = await deps.webhookTraces.list({ tenant: tenantOf(context), limit, ...compact(filter) });
    context.body = { webhooks: page.webhooks.map(presentWebhook), nextCursor: page.nextCursor ?? null };
  };
}
