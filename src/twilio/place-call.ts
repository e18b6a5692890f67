import { type CallListInstance, type CallListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/call';
import { type CallSid, parseSid } from '../domain/sid';
import { compact } from './compact';
import { callTwilio } from './to-twilio-error';
import { voiceCallbackUrl, type VoicePurpose } from './voice-callback';
import { type CallRequest } from './voice-gateway';

/** Every event: a person who answers is news, and a lost end is found by the others' silence. */
const STATUS_EVENTS = ['initiated', 'ringing', 'answered', 'completed'];

const DETECTION = { start: 'Enable', end_of_message: 'DetectMessageEnd' } as const;

/** Places a call once. Its key travels in the URLs of its callbacks, since Twilio keeps none with the call. */
export function placeCall(calls: CallListInstance, publicBaseUrl: string, request: CallRequest): Promise<CallSid> {
  const { key, conversationSid, instructions } = request;
  const urlFor = (purpose: VoicePurpose): string =>
    voiceCallbackUrl(publicBaseUrl, { purpose, key, ...compact({ conversationSid }) });
  const spoken: Partial<CallListInstanceCreateOptions> =
    instructions.kind === 'inline' ? { twiml: instructions.twiml } : { url: urlFor('speech'), method: 'POST' };
  return callTwilio('place call', 'once', async () => {
    const call = await calls.create({
      to: request.to,
      from: request.from,
      ...spoken,
      statusCallback: urlFor('status'),
      statusCallbackMethod: 'POST',
      statusCallbackEvent: STATUS_EVENTS,
      timeout: request.ringTimeoutSeconds,
      timeLimit: request.timeLimitSeconds,
      ...detection(request.detectMachine, urlFor('answerer')),
    });
    return parseSid(call.sid, 'CA');
  });
}

/** Asynchronous, so that a person is spoken to at once. Source: https://www.twilio.com/docs/voice/answering-machine-detection */
function detection(wanted: CallRequest['detectMachine'], callbackUrl: string): Partial<CallListInstanceCreateOptions> {
  return wanted === 'no'
    ? {}
    : {
        machineDetection: DETECTION[wanted],
        asyncAmd: 'true',
        asyncAmdStatusCallback: callbackUrl,
        asyncAmdStatusCallbackMethod: 'POST',
      };
}
