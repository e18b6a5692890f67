import { CONVERSATION_CHANNEL, type MessageChannel } from './channel';
import { type Duration } from './duration';
import { type HumanStep } from './policy';
import { type MessageContent, type SendRequest } from './send-request';
import { type ConversationSid } from './sid';

/** What one step of the ladder sends, with all that it leaves out taken from the request. */
export interface StepMessage {
  readonly channel: MessageChannel;
  readonly to: string;
  /** Absent: the configured sender of the channel. */
  readonly from?: string;
  readonly content: MessageContent;
  readonly deliveryTimeout: Duration;
}

/** What the first step of a message into a conversation sends. */
export interface ConversationStep {
  readonly channel: typeof CONVERSATION_CHANNEL;
  readonly conversationSid: ConversationSid;
  readonly content: MessageContent;
  readonly deliveryTimeout: Duration;
}

/**
 * The step of a request's ladder: 0 is the request itself, n its n-th escalation step.
 * The request's sender serves only steps on its own channel, since a number is rarely a sender on both.
 * @throws RangeError when the ladder has no such step, or the step has no recipient: those of a conversation are its children's.
 */
export function stepAt(request: SendRequest, step: number): StepMessage | HumanStep | ConversationStep {
  const { channel, to, from, content, policy } = request;
  if (step === 0) {
    if (channel === CONVERSATION_CHANNEL) {
      return { channel, conversationSid: request.conversationSid, content, deliveryTimeout: policy.deliveryTimeout };
    }
    return { channel, to, ...(from === undefined ? {} : { from }), content, deliveryTimeout: policy.deliveryTimeout };
  }
  const escalation = policy.escalation[step - 1];
  if (escalation === undefined) {
    throw new RangeError(`the policy has no step ${step}: it has ${policy.escalation.length} escalation steps`);
  }
  if (escalation.channel === 'human') {
    return escalation;
  }
  const sender = escalation.from ?? (escalation.channel === channel ? from : undefined);
  const recipient = escalation.to ?? to;
  if (recipient === undefined) {
    throw new RangeError(
      `step ${step} has no recipient: each participant that was not reached has a message of its own`,
    );
  }
  return {
    channel: escalation.channel,
    to: recipient,
    ...(sender === undefined ? {} : { from: sender }),
    content: escalation.content ?? content,
    deliveryTimeout: escalation.deliveryTimeout ?? policy.deliveryTimeout,
  };
}
