import { type Client } from '@temporalio/client';
import {
  type AcknowledgeRequest,
  type AcknowledgeResult,
  type CancelResult,
  type DeliverMessageState,
  type ReleaseRequest,
  type ReleaseResult,
} from '../../workflows/contract';
import { type PartialPolicy } from '../domain/complete-policy';
import { messageIdFor, randomIdempotencyKey } from '../domain/message-id';
import { type Outcome } from '../domain/outcome';
import { requestHash } from '../domain/request-hash';
import { workflowIdFor } from '../domain/workflow-id';
import { parseSendRequest } from '../request/parse-send-request';
import { type SendRequestInput } from '../request/send-request-schema';
import { untimely } from '../request/untimely';
import { createMessageClient } from '../temporal/create-message-client';
import { WorkflowMissingError } from '../temporal/errors';
import { type MessageClient } from '../temporal/message-client';
import { redriveOverTemporal } from '../temporal/redrive-over-temporal';
import { InvalidRequestError } from './invalid-request-error';
import { RedriveRefusedError } from './redrive-refused-error';

export interface PosthornClientOptions {
  /**
   * Temporal's client, connected to posthorn's namespace. When posthorn encrypts its payloads, make it with
   * `dataConverter: createDataConverter(keys)` and the same keys.
   */
  readonly client: Client;
  /** In whose name messages are sent. */
  readonly tenant: string;
  /** Under what the request and before the defaults of its category. */
  readonly defaultPolicy?: PartialPolicy;
}

export interface SendOptions {
  /**
   * The same key with the same request sends once, however often it is called; with another request it is refused.
   * When Temporal has dropped the message after its retention, the client cannot see that it was there: `send` then succeeds, nothing is
   * sent, and `waitForOutcome` gives the outcome on record, or fails when the request is another one.
   * Without a key every call is a new message.
   */
  readonly idempotencyKey?: string;
}

export interface SentMessage {
  readonly messageId: string;
  readonly workflowId: string;
}

/**
 * Sends and follows messages.
 * Every method throws `TemporalUnavailableError` when Temporal does not answer and `WorkflowMissingError` when Temporal
 * has no such message, or no longer.
 *
 * @example
 * const posthorn = createPosthornClient({ client: new Client({ connection }), tenant: 'bookings' });
 * const { messageId } = await posthorn.send({ to: '+12025550123', body: 'Your table is ready.' }, { idempotencyKey: 'booking-7' });
 * const outcome = await posthorn.waitForOutcome(messageId);
 */
export interface PosthornClient {
  /** @throws InvalidRequestError, IdempotencyConflictError */
  send(request: SendRequestInput, options?: SendOptions): Promise<SentMessage>;
  get(messageId: string): Promise<DeliverMessageState>;
  /**
   * Stops all that has not happened yet.
   * @param by who cancels; without it the tenant.
   * @throws UpdateRefusedError when the message has ended.
   */
  cancel(messageId: string, by?: string): Promise<CancelResult>;
  /**
   * Closes the open human task.
   * @throws UpdateRefusedError while no person is asked.
   */
  acknowledge(messageId: string, request: AcknowledgeRequest): Promise<AcknowledgeResult>;
  /**
   * Takes up a message that ended for a reason of ours (`outcome.dead`), once that is mended: under the same id, and again exactly once.
   * Many at once are one. `waitForOutcome` then waits for its next end.
   * @param by who wants it; without it the tenant.
   * @throws RedriveRefusedError when there is nothing of ours to repair, and while the message has not ended.
   */
  redrive(messageId: string, by?: string): Promise<SentMessage>;
  /**
   * Sends a message that quiet hours hold; later steps are held anew.
   * @throws UpdateRefusedError while they hold none.
   */
  release(messageId: string, request: ReleaseRequest): Promise<ReleaseResult>;
  /** Resolves when the message has ended, which its policy bounds. */
  waitForOutcome(messageId: string): Promise<Outcome>;
}

/** Makes the client of one tenant. It opens no connection of its own. */
export function createPosthornClient({ client, defaultPolicy, tenant }: PosthornClientOptions): PosthornClient {
  const messages = createMessageClient(client);
  return {
    send: async (input, { idempotencyKey = randomIdempotencyKey() } = {}) => {
      const parsed = parseSendRequest(input, { policy: defaultPolicy });
      if (!parsed.ok) {
        throw new InvalidRequestError(parsed.problems);
      }
      const messageId = messageIdFor(tenant, idempotencyKey);
      const late = untimely(parsed.request, new Date());
      if (late.length > 0 && !(await isKnown(messages, messageId))) {
        throw new InvalidRequestError(late);
      }
      await messages.start({ messageId, tenant, requestHash: requestHash(input), request: parsed.request });
      return { messageId, workflowId: workflowIdFor(messageId) };
    },
    get: (messageId) => messages.state(messageId),
    cancel: (messageId, by = tenant) => messages.cancel(messageId, { by }),
    acknowledge: (messageId, request) => messages.acknowledge(messageId, request),
    redrive: async (messageId, by = tenant) => {
      const result = await redriveOverTemporal(client, { messageId, tenant, by });
      if (result.kind === 'refused') {
        throw new RedriveRefusedError(result.refusal, result.message);
      }
      return { messageId, workflowId: result.workflowId };
    },
    release: (messageId, request) => messages.release(messageId, request),
    waitForOutcome: (messageId) => messages.waitForOutcome(messageId),
  };
}

/** Whether a message was sent before: a repetition is not asked whether it is in time. */
async function isKnown(messages: Pick<MessageClient, 'state'>, messageId: string): Promise<boolean> {
  try {
    await messages.state(messageId);
    return true;
  } catch (error) {
    if (error instanceof WorkflowMissingError) {
      return false;
    }
    throw error;
  }
}
