import { type Category } from './category';
import { type CALL_CHANNEL, type MessageChannel } from './channel';
import { type Duration } from './duration';
import { type ContentTemplate, type MessageContent } from './send-request';
import { type StepCondition } from './step-condition';

/** Backoff between two attempts of one step: `initialDelay · factor^(n-1)`, at most `maxDelay`. */
export interface RetryBackoff {
  readonly initialDelay: Duration;
  readonly factor: number;
  readonly maxDelay: Duration;
}

/** What silence means after the time-out of an attempt. `accept` ends the message as unconfirmed. */
export type OnTimeout = 'escalate' | 'retry' | 'accept';

/** What to do when somebody in a conversation has opted out: Twilio sends to all of its participants or to none. */
export const ON_OPTED_OUT_PARTICIPANT = ['hold', 'send'] as const;
export type OnOptedOutParticipant = (typeof ON_OPTED_OUT_PARTICIPANT)[number];

/** What every escalation step can say of the result that leads to it. */
interface Conditional {
  /** One of these has to be a name of the result; a step without it is taken after any. Never empty. */
  readonly when?: readonly StepCondition[];
}

/** An escalation step that sends another message; what it leaves out is taken from the request. */
export interface MessageStep extends Conditional {
  readonly channel: MessageChannel;
  readonly to?: string;
  readonly from?: string;
  readonly content?: MessageContent;
  readonly deliveryTimeout?: Duration;
  readonly stepTimeout?: Duration;
  readonly maxAttempts?: number;
}

/** Somebody on call who is told of a task by a message, and whose reply takes it. Addresses are E.164. */
export interface OnCall {
  readonly channel: MessageChannel;
  readonly to: string;
  /** Absent: the configured sender of the channel. */
  readonly from?: string;
  /** What tells them over WhatsApp unless its window is known to be open. Its values may name `{queue}`, `{due}` and `{task}`. */
  readonly whatsappTemplate?: ContentTemplate;
}

/** An escalation step that asks a person: it opens a task which `acknowledge` closes. */
export interface HumanStep extends Conditional {
  readonly channel: 'human';
  readonly queue: string;
  readonly acknowledgeTimeout: Duration;
  /** The team's own tool, which is told of the task besides the caller. It may have a secret in its query: it is never logged. */
  readonly callbackUrl?: string;
  readonly onCall?: OnCall;
}

/** What ends a voice step: that a person took the call, or only a key that a person pressed. */
export const CALL_ACKNOWLEDGEMENTS = ['answer', 'keypress'] as const;
export type CallAcknowledgement = (typeof CALL_ACKNOWLEDGEMENTS)[number];

/** An escalation step that calls somebody; what it leaves out is taken from the request. */
export interface VoiceStep extends Conditional {
  readonly channel: typeof CALL_CHANNEL;
  readonly to?: string;
  readonly from?: string;
  /** What is said; without it the text of the message. */
  readonly say?: string;
  /** How many times a person hears it; absent: `DEFAULT_VOICE_STEP`. */
  readonly repeat?: number;
  /** What is left on a machine after its tone; without it the call is ended. */
  readonly voicemail?: string;
  /** E.164: whom key 9 puts through to; without it the next human step of the ladder is told. */
  readonly connectTo?: string;
  /** BCP 47. */
  readonly language: string;
  readonly acknowledge: CallAcknowledgement;
  /** How long it rings. */
  readonly ringTimeout: Duration;
  readonly stepTimeout?: Duration;
  readonly maxAttempts?: number;
}

export type EscalationStep = MessageStep | VoiceStep | HumanStep;

/** How far posthorn goes for one message. Complete: defaults have been filled in. */
export interface Policy {
  /** How long one attempt waits for a receipt that decides. */
  readonly deliveryTimeout: Duration;
  /** How long one step may take with all its attempts and the pauses between them; absent: as long as these take. Not for human steps. */
  readonly stepTimeout?: Duration;
  /** Attempts of one step, the first included. */
  readonly maxAttempts: number;
  readonly retry: RetryBackoff;
  readonly onTimeout: OnTimeout;
  readonly escalation: readonly EscalationStep[];
  /** For messages into a conversation. Absent: `hold`. */
  readonly onOptedOutParticipant?: OnOptedOutParticipant;
}

const BASE_POLICY: Policy = {
  deliveryTimeout: '10m',
  maxAttempts: 3,
  retry: { initialDelay: '30s', factor: 2, maxDelay: '15m' },
  onTimeout: 'escalate',
  escalation: [],
};

/** Defaults by category: a security code is worthless after minutes, marketing is never worth a second text. */
export const DEFAULT_POLICIES: Readonly<Record<Category, Policy>> = {
  security: { ...BASE_POLICY, deliveryTimeout: '1m', retry: { initialDelay: '5s', factor: 2, maxDelay: '30s' } },
  alert: { ...BASE_POLICY, deliveryTimeout: '5m' },
  notification: BASE_POLICY,
  marketing: { ...BASE_POLICY, deliveryTimeout: '24h', maxAttempts: 1, onTimeout: 'accept' },
};

/** How long a human step waits when its policy does not say. */
export const DEFAULT_ACKNOWLEDGE_TIMEOUT: Duration = '1h';

/** What a voice step does when its policy does not say. */
export const DEFAULT_VOICE_STEP = { language: 'en-US', acknowledge: 'answer', ringTimeout: '30s', repeat: 2 } as const;

/** Nobody listens longer. */
export const MAX_SPOKEN_TIMES = 5;

/** How long Twilio can let a phone ring, in milliseconds. Source: https://www.twilio.com/docs/voice/api/call-resource#timeout */
export const SHORTEST_RING_MS = 5_000;
export const LONGEST_RING_MS = 600_000;

/** The longest ladder of a policy, so that an accepted request is sure to end. */
export const MAX_ESCALATION_STEPS = 10;
export const MAX_ATTEMPTS = 10;
