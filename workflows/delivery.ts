import { type SendResult } from '../activities/send-message';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type MessageChannel, type StepChannel } from '../src/domain/channel';
import { type DeliveryEvent } from '../src/domain/delivery-event';
import { type DeliveryState, NOTHING_HEARD } from '../src/domain/delivery-state';
import { type MessageStatus } from '../src/domain/message-status';
import { type LadderPosition } from '../src/domain/next-step';
import { type Outcome } from '../src/domain/outcome';
import { type HumanStep } from '../src/domain/policy';
import { proofOfDelivery } from '../src/domain/proof-of-delivery';
import { recipientState } from '../src/domain/recipient-state';
import { stepAt } from '../src/domain/step-message';
import { type AcknowledgeRequest, type CancelRequest, type DeliverMessageInput } from './contract';

export type HandedOver = Extract<SendResult, { kind: 'handed_over' }>;

/** One attempt as the workflow knows it. */
export interface Attempt {
  readonly number: number;
  readonly channel: MessageChannel;
  /** Set once Twilio has taken the message. */
  handedOver?: HandedOver;
}

/** The state of one delivery. Handlers write what they hear; the story reads it. */
export interface Delivery {
  readonly input: DeliverMessageInput;
  position: LadderPosition;
  /** Why the delivery left the step before, in words. */
  escalatedBecause?: string;
  status: MessageStatus;
  readonly attempts: Attempt[];
  /** Everything that was heard, by event id: a set, so order and repetition mean nothing. */
  readonly events: Map<string, DeliveryEvent>;
  /** Set while the send activity runs: ends its retries. */
  abandonSend?: () => void;
  /** Set while a person is asked. */
  openTask?: HumanStep;
  acknowledgement?: AcknowledgeRequest;
  cancellation?: CancelRequest;
  outcome?: Outcome;
}

export function createDelivery(input: DeliverMessageInput): Delivery {
  return {
    input,
    position: { step: 0, attemptInStep: 1 },
    status: 'sending',
    attempts: [],
    events: new Map(),
  };
}

/**
 * Takes an event in. It may come before the attempt knows its SID, or after the attempt was given up.
 * Proof that an earlier attempt arrived ends the repeats of a send that is still under way.
 */
export function hear(delivery: Delivery, event: DeliveryEvent): void {
  delivery.events.set(event.eventId, event);
  if (delivery.abandonSend !== undefined && proofFor(delivery) !== undefined) {
    delivery.abandonSend();
  }
}

/** What all events about the recipient of an attempt add up to. */
export function stateOf(delivery: Delivery, attempt: Attempt): DeliveryState {
  const { handedOver } = attempt;
  if (handedOver === undefined) {
    return NOTHING_HEARD;
  }
  const events = [...delivery.events.values()].filter(({ messageSid }) => messageSid === handedOver.messageSid);
  return recipientState(events, handedOver.participantSid);
}

/** The attempt, of this or an earlier step, that reached the recipient, and how far. */
export function proofFor(delivery: Delivery) {
  const attempts = delivery.attempts.map((made) => ({ made, state: stateOf(delivery, made) }));
  const proof = proofOfDelivery(attempts);
  return proof === undefined ? undefined : { attempt: proof.attempt.made, status: proof.status };
}

/** The channel of the step that the delivery stands on. */
export function channelOf({ input, position }: Delivery): StepChannel {
  return stepAt(input.request, position.step).channel;
}

/** The attempt that a result speaks of: the one that arrived, otherwise the last; none when a person was asked. */
export function attemptOf(delivery: Delivery, result: AttemptResult): Attempt | undefined {
  switch (result.kind) {
    case 'delivered':
      return proofFor(delivery)?.attempt;
    case 'acknowledged':
    case 'not_acknowledged':
      return undefined;
    default:
      return delivery.attempts.at(-1);
  }
}
