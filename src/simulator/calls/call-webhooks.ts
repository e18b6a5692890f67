import { toRfc2822Date } from '../dates';
import { type Call } from '../entities/call';
import { type CallUrl, type CallWebhook } from './call-webhook';

const SECONDS_OF_A_MINUTE = 60;

/** Fields of every request about a call. Source: https://www.twilio.com/docs/voice/twiml#request-parameters */
function callFields(accountSid: string, { callSid, to, from }: Call): Record<string, string> {
  return {
    CallSid: callSid,
    AccountSid: accountSid,
    From: from,
    To: to,
    Caller: from,
    Called: to,
    Direction: 'outbound-api',
    ApiVersion: '2010-04-01',
  };
}

/**
 * The next status callback, with the number that is next.
 * Source: https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent
 * @param status the word for this event: `initiated` too, which the call itself never has
 * @param at when it happened
 */
export function statusWebhook(accountSid: string, call: Call, target: CallUrl, status: string, at: Date): CallWebhook {
  const fields = {
    ...callFields(accountSid, call),
    CallStatus: status,
    Timestamp: toRfc2822Date(at),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(call.nextSequenceNumber),
    ...(call.answeredBy === null ? {} : { AnsweredBy: call.answeredBy }),
    ...endFields(call),
  };
  return about('call.status', call, target, fields);
}

function endFields({ endedAt, durationSeconds, sipResponseCode }: Call): Record<string, string> {
  if (endedAt === null || durationSeconds === null) {
    return {};
  }
  return {
    CallDuration: String(durationSeconds),
    Duration: String(Math.ceil(durationSeconds / SECONDS_OF_A_MINUTE)),
    ...(sipResponseCode === null ? {} : { SipResponseCode: String(sipResponseCode) }),
  };
}

/** A request for TwiML. @param extra what the request says beside, such as the keys that were pressed */
export function twimlWebhook(
  accountSid: string,
  call: Call,
  target: CallUrl,
  extra: Readonly<Record<string, string>> = {},
): CallWebhook {
  const isKnownInTime = call.machineDetection?.isAsync === false && call.answeredBy !== null;
  const fields = {
    ...callFields(accountSid, call),
    CallStatus: call.status,
    ...(isKnownInTime ? { AnsweredBy: call.answeredBy ?? '' } : {}),
    ...extra,
  };
  return about('call.twiml', call, target, fields);
}

/**
 * What asynchronous machine detection found.
 * Source: https://www.twilio.com/docs/voice/answering-machine-detection#asyncamdstatuscallback
 */
export function detectionWebhook(accountSid: string, call: Call, target: CallUrl, durationMs: number): CallWebhook {
  const fields = {
    CallSid: call.callSid,
    AccountSid: accountSid,
    AnsweredBy: call.answeredBy ?? 'unknown',
    MachineDetectionDuration: String(durationMs),
  };
  return about('call.amd', call, target, fields);
}

function about(
  eventType: CallWebhook['eventType'],
  { callSid, conversationSid }: Call,
  { url, method }: CallUrl,
  fields: Record<string, string>,
): CallWebhook {
  return { eventType, callSid, conversationSid, target: { url, method }, fields };
}
