import { type PostedMessage } from '../activities/post-to-conversation';
import { type SendResult } from '../activities/send-message';
import { type AttemptResult } from '../src/domain/attempt-result';
import { stateOfAnswer } from '../src/domain/call-proof';
import {
  advanceCallState,
  callVerdict,
  type CallState,
  type CallVerdict,
  NO_CALL_NEWS,
} from '../src/domain/call-state';
import { type AttemptChannel, type StepChannel } from '../src/domain/channel';
import { conversationState } from '../src/domain/conversation-state';
import { type DeadCause } from '../src/domain/dead-letter';
import { type DeliveryEvent } from '../src/domain/delivery-event';
import { type DeliveryState, NOTHING_HEARD } from '../src/domain/delivery-state';
import { type MessageStatus, statusAtAcceptance } from '../src/domain/message-status';
import { type LadderPosition } from '../src/domain/next-step';
import { type Outcome } from '../src/domain/outcome';
import { type CallAcknowledgement, type HumanStep } from '../src/domain/policy';
import { proofOfDelivery } from '../src/domain/proof-of-delivery';
import { recipientState } from '../src/domain/recipient-state';
import { stepAt } from '../src/domain/step-message';
import { type CallSid } from '../src/domain/sid';
import {
  type AcknowledgeRequest,
  type CallNews,
  type CancelRequest,
  type DeliverMessageInput,
  type ReleaseRequest,
} from './contract';

/** What is known of a message that Twilio has: one to a recipient, or one to all participants of a conversation. */
export type HandedOver = Extract<SendResult, { kind: 'handed_over' }> | PostedMessage;

/** One attempt as the workflow knows it. */
export interface Attempt {
  readonly number: number;
  readonly channel: AttemptChannel;
  /** Set once Twilio has taken the message. */
  handedOver?: HandedOver;
  /** Set for an attempt that is a call. */
  call?: {
    /** Who is called, E.164. */
    readonly to: string;
    readonly acknowledge: CallAcknowledgement;
    callSid?: CallSid;
    /** Set when nobody knows whether there is a call: it was not followed, and may still be going on. */
    isLost?: true;
  };
  /** Set while the attempt is on record and quiet hours keep it from being made. */
  isHeld?: true;
}

/** Who has taken the task, and when, ISO 8601. */
export type Acknowledgement = Pick<AcknowledgeRequest, 'by' | 'note'> & { readonly at: string };

/** The state of one delivery. Handlers write what they hear; the story reads it. */
export interface Delivery {
  readonly input: DeliverMessageInput;
  position: LadderPosition;
  /** When the time of a step is over, in milliseconds since 1970; absent when it has no limit. */
  stepClock?: { readonly step: number; endsAtMs: number };
  /** Why the delivery left the step before, in words. */
  escalatedBecause?: string;
  /** Set when what led to the human step is for a reason of ours: it still is when nobody takes the task. */
  deadBeforePerson?: DeadCause;
  /** Attempts that earlier runs of the message have counted; a redrive counts on from there. */
  attemptsBefore: number;
  status: MessageStatus;
  readonly attempts: Attempt[];
  /** Everything that was heard, by event id: a set, so order and repetition mean nothing. */
  readonly events: Map<string, DeliveryEvent>;
  /** The same of what was told of calls. */
  readonly callNews: Map<string, CallNews>;
  /** Set while the send activity runs: ends its retries. */
  abandonSend?: () => void;
  /** Set while a person is asked. */
  openTask?: HumanStep;
  acknowledgement?: Acknowledgement;
  /** The queue of the human step that nobody took in time. */
  askedInVain?: string;
  cancellation?: CancelRequest;
  /** Set from the moment when the ledger has something new about the recipient until it was read. */
  hasLedgerNews?: true;
  /** Set once the ledger has an opt-out that covers the step that the delivery stands on. */
  isOptedOut?: true;
  /** Set while quiet hours hold the message, ISO 8601. */
  heldUntil?: string;
  /** Who let it out of them, and on which step. */
  release?: ReleaseRequest & { readonly step: number };
  /** Set when a wait has ended with the time of the message. */
  isOverdue?: true;
  outcome?: Outcome;
}

export function createDelivery(input: DeliverMessageInput): Delivery {
  return {
    input,
    position: input.childOf?.position ?? { step: 0, attemptInStep: 1 },
    ...(input.childOf === undefined ? {} : { escalatedBecause: input.childOf.because }),
    attemptsBefore: 0,
    status: statusAtAcceptance(input.request),
    attempts: [],
    events: new Map(),
    callNews: new Map(),
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

/** Somebody said something new about the recipient; the next wait, or the one under way, reads what. */
export function hearOfLedger(delivery: Delivery): void {
  delivery.hasLedgerNews = true;
}

/** Takes in what was told of a call. It may come before the attempt knows its call, or after it was given up. */
export function hearOfCall(delivery: Delivery, news: CallNews): void {
  delivery.callNews.set(news.event.eventId, news);
  const made = delivery.attempts.find(({ number }) => number === news.attempt);
  if (made?.call !== undefined) {
    made.call.callSid ??= news.event.callSid;
  }
}

/** What everything that was told of the call of an attempt adds up to. */
export function callOf({ callNews }: Delivery, { number }: Pick<Attempt, 'number'>): CallState {
  const events = [...callNews.values()].filter(({ attempt }) => attempt === number).map(({ event }) => event);
  return events.reduce(advanceCallState, NO_CALL_NEWS);
}

/** The first attempt whose call came to it. */
export function callThat(delivery: Delivery, verdict: CallVerdict): Attempt | undefined {
  return delivery.attempts.find((made) => made.call !== undefined && callVerdict(callOf(delivery, made)) === verdict);
}

/** What all events about the recipient of an attempt, or about all of its recipients together, add up to. */
export function stateOf(delivery: Delivery, attempt: Attempt): DeliveryState {
  const { call, handedOver } = attempt;
  if (call?.acknowledge === 'answer') {
    return stateOfAnswer(callOf(delivery, attempt));
  }
  if (handedOver === undefined) {
    return NOTHING_HEARD;
  }
  const events = eventsAbout(delivery, handedOver);
  if (handedOver.kind === 'posted') {
    return conversationState(
      events,
      handedOver.participants.map(({ participantSid }) => participantSid),
    );
  }
  return recipientState(events, handedOver.participantSid);
}

/** What was heard of a message that Twilio has. */
export function eventsAbout({ events }: Delivery, { messageSid }: Pick<HandedOver, 'messageSid'>): DeliveryEvent[] {
  return [...events.values()].filter((event) => event.messageSid === messageSid);
}

/** The attempt, of this or an earlier step, that reached the recipient, and how far. */
export function proofFor(delivery: Delivery) {
  const attempts = delivery.attempts.map((made) => ({ made, state: stateOf(delivery, made) }));
  const proof = proofOfDelivery(attempts);
  return proof === undefined ? undefined : { attempt: proof.attempt.made, status: proof.status };
}

/** How many attempts were counted so far, those of earlier runs included. */
export function attemptsMade({ attempts, attemptsBefore }: Delivery): number {
  return Math.max(attemptsBefore, attempts.at(-1)?.number ?? 0);
}

/** The channel of the step that the delivery stands on. */
export function channelOf({ input, position }: Delivery): StepChannel | AttemptChannel {
  return stepAt(input.request, position.step).channel;
}

/** The attempt that a result speaks of: the one that arrived or was acknowledged, otherwise the last; none when a person was asked. */
export function attemptOf(delivery: Delivery, result: AttemptResult): Attempt | undefined {
  switch (result.kind) {
    case 'delivered':
      return proofFor(delivery)?.attempt;
    case 'acknowledged':
      return callThat(delivery, 'acknowledged') ?? callThat(delivery, 'put_through');
    case 'not_acknowledged':
      return undefined;
    default:
      return delivery.attempts.at(-1);
  }
}
