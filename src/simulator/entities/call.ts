import { type AnsweredBy, type CallScript } from '../calls/call-script';
import { type CallUrl, type CallWebhook } from '../calls/call-webhook';
import { type Teller } from '../delivery/teller';

/** Source: https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
export const CALL_STATUSES = [
  'queued',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
] as const;

export type CallStatus = (typeof CALL_STATUSES)[number];
export type EndedCallStatus = 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';

/** The events that a status callback can be subscribed to. `completed` stands for every end. */
export const CALL_PROGRESS_EVENTS = ['initiated', 'ringing', 'answered', 'completed'] as const;
export type CallProgressEvent = (typeof CALL_PROGRESS_EVENTS)[number];

/** What the call is to do next: TwiML itself, or where to ask for it and what to say there beside the usual. */
export type Instructions =
  | { readonly kind: 'twiml'; readonly twiml: string }
  | ({ readonly kind: 'url'; readonly fields?: Readonly<Record<string, string>> } & CallUrl);

/** What a call was asked for. */
export interface CallDraft {
  /** E.164, both. */
  readonly to: string;
  readonly from: string;
  readonly instructions: Instructions;
  readonly statusCallback: (CallUrl & { readonly events: readonly CallProgressEvent[] }) | null;
  readonly machineDetection: MachineDetection | null;
  readonly ringTimeoutSeconds: number;
  readonly timeLimitSeconds: number;
}

export interface MachineDetection {
  readonly mode: 'Enable' | 'DetectMessageEnd';
  /** The call goes on while it is being detected. */
  readonly isAsync: boolean;
  readonly callback: CallUrl | null;
}

/** What can be heard on the line. */
export const HEARD = ['said', 'pressed', 'connected', 'error'] as const;
export type Heard = (typeof HEARD)[number];

/** Something that was heard on the line. */
export interface CallLine {
  readonly at: Date;
  readonly kind: Heard;
  readonly text: string;
}

/** Something that happened to a call, or was heard on its line. */
export interface CallMoment {
  readonly at: Date;
  readonly kind: 'placed' | 'dialled' | 'ringing' | 'answered' | 'detected' | 'redirected' | 'ended' | Heard;
  /** What was heard, who answered, how it ended; otherwise empty. */
  readonly text: string;
}

/** A call as it is stored. */
export interface Call extends CallDraft {
  readonly callSid: string;
  /** The conversation that the query of its callback URLs points to. */
  readonly conversationSid: string | null;
  /** What is left of the query of its callback URL: whose call it is, in the client's own words. */
  readonly callbackQuery: string | null;
  readonly script: CallScript;
  readonly teller: Teller<CallWebhook>;
  readonly createdAt: Date;
  /** Milliseconds since the epoch from which on lists show it. */
  readonly listedFromMs: number;
  /** In the order in which they happened. */
  readonly moments: CallMoment[];
  updatedAt: Date;
  status: CallStatus;
  startedAt: Date | null;
  answeredAt: Date | null;
  endedAt: Date | null;
  /** In seconds of the call; null until it has ended. */
  durationSeconds: number | null;
  answeredBy: AnsweredBy | null;
  sipResponseCode: number | null;
  /** SequenceNumber of the next status callback. */
  nextSequenceNumber: number;
  /** How many Gathers have been played. */
  gathers: number;
  /** Aborted once the call has ended. */
  readonly ended: AbortController;
  /** Aborted when what is being played is over: by the end, or by other instructions. */
  playing: AbortController;
}
