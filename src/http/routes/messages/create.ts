import { z } from 'zod';
import { type PartialPolicy } from '../../../domain/complete-policy';
import { type MessageStatus } from '../../../domain/message-status';
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
}

const querySchema = strictObject('query parameters', {
  strict: z.enum(['true', 'false'], { error: expectOneOf(['true', 'false']) }).optional(),
});

/** What the first answer and every repetition of it say; `links.self` tells how far the message is by now. */
const STATUS_AT_ACCEPTANCE: MessageStatus = 'sending';

/** POST /v1/messages */
export function createMessage(deps: CreateMessageDependencies) {
  return async function createMessage(context: AppContext): Promise<void> {
    const tenant = tenantOf(context);
    const { strict } = validateQuery(querySchema, context);
    const idempotencyKey = idempotencyKeyOf(context);
    const body = await readJsonBody(context);
    const accepted = await acceptMessage(deps, {
      tenant,
      idempotencyKey,
      request: readRequest(deps, body),
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
    context.body = { id: messageId, workflowId, status: STATUS_AT_ACCEPTANCE, links };
  };
}

function readRequest({ defaultPolicy, senders }: CreateMessageDependencies, body: unknown): SendRequest {
  const parsed = parseSendRequest(body, { policy: defaultPolicy, senders });
  if (!parsed.ok) {
    throw invalid(parsed.problems, 'body');
  }
  return parsed.request;
}
