import { type SendResult } from '../activities/send-message';
import { type AttemptResult } from '../src/domain/attempt-result';
import { type MessageChannel, type StepChannel } from '../src/domain/channel';
import { type DeliveryEvent } from '../src/domain/delivery-event';
import { advance, type DeliveryState, NOTHING_HEARD, verdict } from '../src/domain/delivery-state';
import { type MessageStatus } from '../src/domain/message-status';
import { type LadderPosition } from '../src/domain/next-step';
import { type Outcome } from '../src/domain/outcome';
import { type HumanStep } from '../src/domain/policy';
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

/** Takes an event in. It may come before the attempt knows its SID, or after the attempt was given up. */
export function hear(delivery: Delivery, event: DeliveryEvent): void {
  delivery.events.set(event.eventId, event);
}

/** What all events about the recipient of an attempt add up to. */
export function stateOf(delivery: Delivery, attempt: Attempt): DeliveryState {
  const { handedOver } = attempt;
  if (handedOver === undefined) {
    return NOTHING_HEARD;
  }
  return [...delivery.events.values()]
    .filter((event) => event.messageSid === handedOver.messageSid)
    .filter((event) => event.participantSid === undefined || event.participantSid === handedOver.participantSid)
    .reduce(advance, NOTHING_HEARD);
}

/** The first attempt, of this or an earlier step, that reached the recipient. */
export function deliveredAttempt(delivery: Delivery): Attempt | undefined {
  return delivery.attempts.find((attempt) => verdict(stateOf(delivery, attempt)) === 'delivered');
}

/** The channel of the step that the delivery stands on. */
export function channelOf({ input, position }: Delivery): StepChannel {
  return stepAt(input.request, position.step).channel;
}

/** The attempt that a result speaks of: the one that arrived, otherwise the last; none when a person was asked. */
export function attemptOf(delivery: Delivery, result: AttemptResult): Attempt | undefined {
  switch (result.kind) {
    case 'delivered':
      return deliveredAttempt(delivery);
    case 'acknowledged':
    case 'not_acknowledged':
      return undefined;
    default:
      return delivery.attempts.at(-1);
  }
}
