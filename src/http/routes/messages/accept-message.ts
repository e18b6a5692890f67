import { type MessageStore } from '../../../database/message-store';
import { type OptOutStore } from '../../../database/opt-out-store';
import { messageIdFor } from '../../../domain/message-id';
import { scopeCovers } from '../../../domain/opt-out-scope';
import { type SendRequest } from '../../../domain/send-request';
import { resolveSender, type Senders } from '../../../domain/sender';
import { workflowIdFor } from '../../../domain/workflow-id';
import { type Logger } from '../../../telemetry/logger';
import { TemporalUnavailableError } from '../../../temporal/errors';
import { type MessageClient } from '../../../temporal/message-client';
import { type DeliverMessageInput } from '../../../../workflows/contract';
import { HttpProblem } from '../../http-problem';

export interface AcceptMessageDependencies {
  readonly messages: Pick<MessageStore, 'accept' | 'find'>;
  readonly optOuts: Pick<OptOutStore, 'show'>;
  readonly client: Pick<MessageClient, 'start'>;
  readonly senders: Senders;
  readonly logger: Logger;
}

export interface MessageToAccept {
  readonly tenant: string;
  readonly idempotencyKey: string;
  readonly request: SendRequest;
  /** Of the request as it came. */
  readonly requestHash: string;
  /** Refuses the message at once when the recipient has opted out. */
  readonly isStrict: boolean;
}

export interface AcceptedMessage {
  readonly messageId: string;
  readonly workflowId: string;
  readonly isReplayed: boolean;
}

/**
 * Writes a message down and starts its workflow. The row is the acceptance: while Temporal does not answer, the message is
 * accepted all the same, since nobody can say whether the start went through, and the sweep starts what was not started.
 * A start is idempotent: the id is derived from the key.
 * @throws HttpProblem `idempotency_conflict` or `recipient_opted_out`, DatabaseError.
 */
export async function acceptMessage(
  deps: AcceptMessageDependencies,
  incoming: MessageToAccept,
): Promise<AcceptedMessage> {
  const { tenant, request, requestHash } = incoming;
  const messageId = messageIdFor(tenant, incoming.idempotencyKey);
  const workflowId = workflowIdFor(messageId);
  const input = { messageId, tenant, requestHash, request };
  if (incoming.isStrict) {
    await refuseOptedOut(deps, incoming, messageId);
  }
  const acceptance = await deps.messages.accept({ ...input, workflowId });
  switch (acceptance.kind) {
    case 'conflict':
      throw new HttpProblem('idempotency_conflict');
    case 'accepted':
      await startOrLeaveToSweep(deps, input);
      return { messageId, workflowId, isReplayed: false };
    case 'replayed':
      if (!acceptance.isStarted) {
        await startOrLeaveToSweep(deps, input);
      }
      return { messageId, workflowId, isReplayed: true };
  }
}

async function startOrLeaveToSweep(
  { client, logger }: AcceptMessageDependencies,
  input: DeliverMessageInput,
): Promise<void> {
  try {
    await client.start(input);
  } catch (error) {
    if (!(error instanceof TemporalUnavailableError)) {
      throw error;
    }
    logger.warn({ err: error, messageId: input.messageId }, 'Temporal does not answer: the sweep starts this message');
  }
}

/** A message that was accepted before stays accepted: its answer is given again. */
async function refuseOptedOut(
  { messages, optOuts, senders }: AcceptMessageDependencies,
  { tenant, request }: MessageToAccept,
  messageId: string,
): Promise<void> {
  const { channel, category } = request;
  const sender = resolveSender(request, senders);
  const entries = await optOuts.show(request.to);
  const isOptedOut = entries.some(
    ({ optedOut, scope }) => optedOut && scopeCovers(scope, { sender, channel, category }),
  );
  if (isOptedOut && (await messages.find(tenant, messageId)) === undefined) {
    throw new HttpProblem('recipient_opted_out');
  }
}
