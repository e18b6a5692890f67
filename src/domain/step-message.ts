import { type MessageChannel } from './channel';
import { type Duration } from './duration';
import { type HumanStep } from './policy';
import { type MessageContent, type SendRequest } from './send-request';

/** What one step of the ladder sends, with all that it leaves out taken from the request. */
export interface StepMessage {
  readonly channel: MessageChannel;
  readonly to: string;
  /** Absent: the configured sender of the channel. */
  readonly from?: string;
  readonly content: MessageContent;
  readonly deliveryTimeout: Duration;
}

/**
 * The step of a request's ladder: 0 is the request itself, n its n-th escalation step.
 * The request's sender serves only steps on its own channel, since a number is rarely a sender on both.
 * @throws RangeError when the ladder has no such step.
 */
export function stepAt(request: SendRequest, step: number): StepMessage | HumanStep {
  const { channel, to, from, content, policy } = request;
  if (step === 0) {
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
  return {
    channel: escalation.channel,
    to: escalation.to ?? to,
    ...(sender === undefined ? {} : { from: sender }),
    content: escalation.content ?? content,
    deliveryTimeout: escalation.deliveryTimeout ?? policy.deliveryTimeout,
  };
}
