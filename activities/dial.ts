import { type CallGrant, type CallStore, type NewCall } from '../src/database/call-store';
import { type MessageStore, type NewMessage } from '../src/database/message-store';
import { longestCallSeconds } from '../src/domain/call-length';
import { describeSuppression } from '../src/domain/describe-suppression';
import { durationMs } from '../src/domain/duration';
import { type OptOutCode } from '../src/domain/opt-out-code';
import { type StepCall } from '../src/domain/step-message';
import { TwilioError } from '../src/twilio/twilio-error';
import { voiceCallbackUrl } from '../src/twilio/voice-callback';
import { type CallRequest, type VoiceGateway } from '../src/twilio/voice-gateway';
import { inlineSpeechTwiml } from '../src/twilio/voice-twiml';
import { findEarlierCall, type FindCallDependencies } from './find-earlier-call';
import { type Handover, type HandOverDependencies, type Trail } from './handover-context';
import { type ConfiguredSids } from './note-call';
import { messageClosed } from './message-closed';
import { PERMIT_MS } from './permit';
import { type PlaceResult } from './place-call';
import { toRefusal } from './to-refusal';
import { withheldAt } from './withheld';

export interface DialDependencies extends FindCallDependencies, Pick<HandOverDependencies, 'now' | 'quietHours'> {
  readonly voice: Pick<VoiceGateway, 'findCalls' | 'placeCall'>;
  readonly calls: Pick<CallStore, 'begin' | 'heldByOthers' | 'recordPlaced'>;
  readonly messages: Pick<MessageStore, 'withdrawCreate'>;
  readonly optOutCodes: readonly OptOutCode[];
  readonly publicBaseUrl: string;
  readonly configuredSids: ConfiguredSids;
}

/** A call that is to be placed. */
export interface PlannedCall extends Pick<Handover, 'isReleased'> {
  readonly message: NewMessage;
  readonly attempt: NewCall;
  readonly call: StepCall;
}

/** Opt-out check, call, SID stored: the road of one call, fit to be walked again after any crash. */
export async function dial(deps: DialDependencies, planned: PlannedCall, trail: Trail): Promise<PlaceResult> {
  const validUntil = Date.now() + PERMIT_MS;
  const grant = await begin(deps, planned, trail);
  const { openCreate, sender } = grant;
  if (openCreate === undefined) {
    return await proceed(deps, planned, trail, { grant, validUntil });
  }
  const { number, recipient } = planned.attempt;
  const { messageId } = planned.message;
  const begunAtMs = Date.now() - openCreate.ageMs;
  const earlier = await findEarlierCall(deps, { messageId, number, recipient, sender, begunAtMs });
  if (earlier !== undefined) {
    return await placed(deps, planned, grant, earlier);
  }
  const nextValidUntil = Date.now() + PERMIT_MS;
  const next = await begin(deps, planned, trail, openCreate.createId);
  return await proceed(deps, planned, trail, { grant: next, validUntil: nextValidUntil });
}

async function begin(
  { calls, messages }: DialDependencies,
  { attempt, message }: PlannedCall,
  trail: Trail,
  provedAbsent?: string,
): Promise<CallGrant> {
  const grant = await calls.begin(message, attempt, provedAbsent);
  trail.mayBeAtTwilio = grant.openCreate !== undefined || grant.callSid !== undefined;
  if (grant.isClosed === true) {
    if (grant.createId !== undefined) {
      await messages.withdrawCreate(message.messageId, attempt.number, grant.createId);
    }
    throw messageClosed();
  }
  return grant;
}

/** Acts on what the ledgers said: places the call unless it is there already. */
async function proceed(
  deps: DialDependencies,
  planned: PlannedCall,
  trail: Trail,
  { grant, validUntil }: { readonly grant: CallGrant; readonly validUntil: number },
): Promise<PlaceResult> {
  const { callSid, createId, optOut, suppression } = grant;
  if (callSid !== undefined) {
    return await placed(deps, planned, grant, callSid);
  }
  if (optOut !== undefined) {
    return { kind: 'opted_out', reason: 'the recipient has opted out of calls, so nobody was called' };
  }
  if (suppression !== undefined) {
    return { kind: 'suppressed', errorCode: suppression.errorCode, reason: describeSuppression(suppression) };
  }
  if (createId === undefined || Date.now() > validUntil) {
    throw new Error(
      createId === undefined
        ? 'another call between the same numbers is being placed; the next try sees what became of it'
        : 'this try took too long to place the call safely; the next one will',
    );
  }
  trail.createId = createId;
  return await place(deps, planned, trail, grant);
}

/** Places the call, unless time does not allow it any more: tries and looks may have taken a while. */
async function place(
  deps: DialDependencies,
  planned: PlannedCall,
  trail: Trail,
  grant: CallGrant,
): Promise<PlaceResult> {
  const withheld = withheldAt(new Date(deps.now()), planned, deps.quietHours);
  if (withheld !== undefined) {
    await withdraw(deps, planned, trail);
    return { ...withheld, isBegun: true };
  }
  trail.mayBeAtTwilio = true;
  try {
    return await placed(deps, planned, grant, await deps.voice.placeCall(requestOf(deps, planned, grant)));
  } catch (error) {
    return await refusalOf(deps, planned, trail, error);
  }
}

async function placed(
  { calls, configuredSids }: DialDependencies,
  { attempt, message }: PlannedCall,
  { conversationSid, participantSid }: CallGrant,
  callSid: NonNullable<CallGrant['callSid']>,
): Promise<PlaceResult> {
  await calls.recordPlaced(message.messageId, attempt.number, { callSid, ...configuredSids });
  return conversationSid === undefined || participantSid === undefined
    ? { kind: 'placed', callSid }
    : { kind: 'placed', callSid, conversation: { conversationSid, participantSid } };
}

/** The text comes with the call where it fits; otherwise Twilio asks for it. */
function requestOf(
  { publicBaseUrl }: DialDependencies,
  { attempt, call, message }: PlannedCall,
  { conversationSid, sender }: CallGrant,
): CallRequest {
  const { offered, ringTimeout, speech, voicemail } = call;
  const key = { messageId: message.messageId, attempt: attempt.number, step: attempt.step };
  const place = { key, ...(conversationSid === undefined ? {} : { conversationSid }) };
  const menu = { language: speech.language, offered, round: 1 };
  const actionUrl = voiceCallbackUrl(publicBaseUrl, { ...place, purpose: 'key', menu });
  const twiml = inlineSpeechTwiml(speech, { offered, actionUrl });
  return {
    ...place,
    to: attempt.recipient,
    from: sender,
    instructions: twiml === undefined ? { kind: 'served' } : { kind: 'inline', twiml },
    ringTimeoutSeconds: Math.ceil(durationMs(ringTimeout) / 1000),
    timeLimitSeconds: longestCallSeconds(call),
    detectMachine: voicemail === undefined ? 'start' : 'end_of_message',
  };
}

/** Takes back a create that left nothing: otherwise it would keep others from calling this number for a while. */
async function withdraw(
  { messages }: DialDependencies,
  { attempt, message }: PlannedCall,
  trail: Trail,
): Promise<void> {
  if (trail.createId !== undefined) {
    await messages.withdrawCreate(message.messageId, attempt.number, trail.createId).catch(() => undefined);
  }
}

/** A refusal ends the attempt, unless it concerns this moment only: then the try fails, and Temporal repeats it. */
async function refusalOf(
  deps: DialDependencies,
  planned: PlannedCall,
  trail: Trail,
  error: unknown,
): Promise<PlaceResult> {
  trail.mayBeAtTwilio = !(error instanceof TwilioError) || error.fault === 'ambiguous';
  if (!trail.mayBeAtTwilio) {
    await withdraw(deps, planned, trail);
  }
  const refusal =
    error instanceof TwilioError && error.fault === 'refused' ? toRefusal(error, deps.optOutCodes) : undefined;
  if (refusal === undefined || refusal.errorClass === 'retry' || refusal.errorClass === 'limit') {
    throw error;
  }
  return refusal;
}
