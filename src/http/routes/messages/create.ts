import { z } from 'zod';
import { type CallbackAdmission } from '../../../config/api-config';
import { type PartialPolicy } from '../../../domain/complete-policy';
import { statusAtAcceptance } from '../../../domain/message-status';
import { requestHash } from '../../../domain/request-hash';
import { type SendRequest } from '../../../domain/send-request';
import { expectOneOf } from '../../../request/expectation';
import { parseSendRequest } from '../../../request/parse-send-request';
import { strictObject } from '../../../request/strict-object';
import { type AppContext, tenantOf } from '../../app-context';
import { idempotencyKeyOf } from '../../idempotency-key';
import { readJsonBody } from '../../json-body';
import { messageLinks } from '../../message-path';
import { invalid, validateQuery } from '../../validate';
import { acceptMessage, type AcceptMessageDependencies } from './accept-message';

export interface CreateMessageDependencies extends AcceptMessageDependencies {
  /** From POSTHORN_DEFAULT_POLICY. */
  readonly defaultPolicy?: PartialPolicy | undefined;
  readonly callbackAdmission: CallbackAdmission;
}

const querySchema = strictObject('query parameters', {
  strict: z.enum(['true', 'false'], { error: expectOneOf(['true', 'false']) }).optional(),
});

/** Who takes part in a conversation is read from Twilio right before the send, not while a caller waits. */
const STRICT_CONVERSATION =
  'strict cannot go with conversationSid: leave it out, and say by policy.onOptedOutParticipant what an opt-out does';

/** POST /v1/messages */
export function createMessage(deps: CreateMessageDependencies) {
  return async function createMessage(context: AppContext): Promise<void> {
    const tenant = tenantOf(context);
    const { strict } = validateQuery(querySchema, context);
    const idempotencyKey = idempotencyKeyOf(context);
    const body = await readJsonBody(context);
    const request = readRequest(deps, tenant, body);
    if (strict === 'true' && request.conversationSid !== undefined) {
      throw invalid([{ field: 'strict', message: STRICT_CONVERSATION }], 'query');
    }
    const accepted = await acceptMessage(deps, {
      tenant,
      idempotencyKey,
      request,
      requestHash: requestHash(body),
      isStrict: strict === 'true',
    });
    const { messageId, workflowId, isReplayed } = accepted;
    if (isReplayed) {
      context.set('Idempotent-Replayed', 'true');
    }
    const links = messageLinks(messageId);
    context.set('Location', links.self);
    context.status = 202;
    // Every repetition has the same answer; `links.self` tells how far the message is by now.
    context.body = { id: messageId, workflowId, status: statusAtAcceptance(request), links };
  };
}

function readRequest(
  { callbackAdmission, defaultPolicy, senders }: CreateMessageDependencies,
  tenant: string,
  body: unknown,
): SendRequest {
  const { allowPrivate, tenants } = callbackAdmission;
  const callbacks = { allowPrivate, hasSecret: tenants.includes(tenant) };
  const parsed = parseSendRequest(body, { policy: defaultPolicy, senders, callbacks });
  if (!parsed.ok) {
    throw invalid(parsed.problems, 'body');
  }
  return parsed.request;
}
