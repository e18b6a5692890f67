import { type MessageStore } from '../../../database/message-store';
import { type OptOutStore } from '../../../database/opt-out-store';
import { keptSender, type KnownSenders } from '../../../domain/kept-sender';
import { messageIdFor } from '../../../domain/message-id';
import { stopFor } from '../../../domain/opt-out-rule';
import { type SendRequest } from '../../../domain/send-request';
import { type Senders } from '../../../domain/sender';
import { workflowIdFor } from '../../../domain/workflow-id';
import { untimely } from '../../../request/untimely';
import { type Logger } from '../../../telemetry/logger';
import { type MessageClient } from '../../../temporal/message-client';
import { startOrLeaveToSweep } from '../../../temporal/start-or-leave-to-sweep';
import { compact } from '../../../twilio/compact';
import { HttpProblem } from '../../http-problem';
import { invalid } from '../../validate';

export interface AcceptMessageDependencies {
  readonly messages: Pick<MessageStore, 'accept' | 'find'>;
  readonly optOuts: Pick<OptOutStore, 'show'>;
  readonly client: Pick<MessageClient, 'start'>;
  readonly senders: Senders;
  readonly conversations: KnownSenders;
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
 * @throws HttpProblem `invalid_request`, `idempotency_conflict` or `recipient_opted_out`, DatabaseError.
 */
export async function acceptMessage(
  deps: AcceptMessageDependencies,
  incoming: MessageToAccept,
): Promise<AcceptedMessage> {
  const { tenant, request, requestHash } = incoming;
  const messageId = messageIdFor(tenant, incoming.idempotencyKey);
  const workflowId = workflowIdFor(messageId);
  const input = { messageId, tenant, requestHash, request };
  await refuseUntimely(deps, incoming, messageId);
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
        const accepted = await acceptedRequest(deps, incoming, messageId);
        await startOrLeaveToSweep(deps, { ...input, request: accepted, ...compact({ redrive: acceptance.redrive }) });
      }
      return { messageId, workflowId, isReplayed: true };
  }
}

/** What was in time when it came first is accepted for good. */
async function refuseUntimely(
  { messages }: AcceptMessageDependencies,
  { tenant, request }: MessageToAccept,
  messageId: string,
): Promise<void> {
  const problems = untimely(request, new Date());
  if (problems.length > 0 && (await messages.find(tenant, messageId)) === undefined) {
    throw invalid(problems, 'body');
  }
}

/** A time to live counts from the first request, whatever a repetition makes of it. */
async function acceptedRequest(
  { messages }: AcceptMessageDependencies,
  { tenant, request }: MessageToAccept,
  messageId: string,
): Promise<SendRequest> {
  return request.expiresAt === undefined ? request : ((await messages.find(tenant, messageId))?.request ?? request);
}

/** A message that was accepted before stays accepted: its answer is given again. */
async function refuseOptedOut(
  { conversations, messages, optOuts, senders }: AcceptMessageDependencies,
  { tenant, request }: MessageToAccept,
  messageId: string,
): Promise<void> {
  if (request.conversationSid !== undefined) {
    return;
  }
  const { channel, category } = request;
  const sender = await keptSender({ conversations, senders }, request);
  const entries = await optOuts.show(request.to);
  const isOptedOut = stopFor(entries, { sender, channel, category }) !== undefined;
  if (isOptedOut && (await messages.find(tenant, messageId)) === undefined) {
    throw new HttpProblem('recipient_opted_out');
  }
}
