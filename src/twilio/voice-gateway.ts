import { type CallSid, type ConversationSid } from '../domain/sid';
import { type CallKey } from './voice-callback';

/** What a call says: TwiML that comes with it, or, where that is too long, TwiML that posthorn serves. */
export type CallInstructions = { readonly kind: 'inline'; readonly twiml: string } | { readonly kind: 'served' };

/** A call to be placed. */
export interface CallRequest {
  /** E.164, both. */
  readonly to: string;
  readonly from: string;
  /** Travels in the callback URLs. */
  readonly key: CallKey;
  /** The conversation that the call belongs to; noted in the callback URLs. */
  readonly conversationSid?: ConversationSid;
  readonly instructions: CallInstructions;
  readonly ringTimeoutSeconds: number;
  /** After this the call ends, whatever is being said. */
  readonly timeLimitSeconds: number;
  /** `end_of_message` waits for the tone, so that a message can be left; `start` is quicker. */
  readonly detectMachine: 'start' | 'end_of_message' | 'no';
}

/** Which calls to look for. */
export interface CallSearch {
  /** E.164, both. */
  readonly to: string;
  readonly from: string;
  /** Between which times it was asked for, by our clock. Twilio's may be a minute off. */
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A call as Twilio's API tells it. */
export interface CallSnapshot {
  readonly callSid: CallSid;
  /** Twilio's word. */
  readonly status: string;
  readonly answeredBy?: string;
  /** Once it has ended. */
  readonly durationSeconds?: number;
  /** ISO 8601 in UTC with milliseconds; now, for as long as Twilio has not dated it. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/**
 * All that posthorn asks of Twilio about calls. Every method throws `TwilioError` and nothing else.
 * Only `placeCall`, `redirectCall`, and `findCalls` when it gives up, can fail as `ambiguous`; everything else is harmless to repeat.
 */
export interface VoiceGateway {
  /** Places a call. Fails as `ambiguous` when nobody can say whether Twilio took it: then look for it before dialling again. */
  placeCall(request: CallRequest): Promise<CallSid>;
  /**
   * The calls from one number to another in a span of time, oldest first, those included that have not been dialled yet.
   * Twilio keeps no key of ours with a call, so that these are candidates: which of them belongs to an attempt follows from the
   * callbacks, whose URL has the key, and from which calls other attempts have. The list may lag behind a create.
   */
  findCalls(search: CallSearch): Promise<CallSnapshot[]>;
  fetchCall(callSid: CallSid): Promise<CallSnapshot>;
  /** Ends a call: cancels it before it is answered, hangs up afterwards. One that has ended already stays as it is. */
  endCall(callSid: CallSid): Promise<CallSnapshot>;
  /**
   * Has a call that is going on say something else, from its beginning. Fails as `ambiguous` when nobody can say whether it does.
   * @returns false when it is not going on
   */
  redirectCall(callSid: CallSid, twiml: string): Promise<boolean>;
}
