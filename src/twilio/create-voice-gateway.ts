import { type CallListInstance } from 'twilio/lib/rest/api/v2010/account/call';
import { type CallSid } from '../domain/sid';
import { CALL_NOT_IN_PROGRESS, isRefusedWith } from './error-codes';
import { findCalls } from './find-calls';
import { placeCall } from './place-call';
import { toCallSnapshot } from './call-snapshot';
import { callTwilio } from './to-twilio-error';
import { createTwilioClient, type TwilioClientOptions } from './twilio-client';
import { type CallSnapshot, type VoiceGateway } from './voice-gateway';

export interface VoiceGatewayOptions extends TwilioClientOptions {
  /** Scheme, host and where needed port and path prefix under which Twilio knows this server. */
  readonly publicBaseUrl: string;
}

/** The gateway over Twilio's calls, API version 2010-04-01. Makes no request yet, and remembers nothing between calls. */
export function createVoiceGateway(options: VoiceGatewayOptions): VoiceGateway {
  const { calls } = createTwilioClient(options);
  return {
    placeCall: (request) => placeCall(calls, options.publicBaseUrl, request),
    findCalls: (search) => findCalls(calls, search),
    fetchCall: (callSid) => fetchCall(calls, callSid),
    endCall: (callSid) => endCall(calls, callSid),
    redirectCall: (callSid, twiml) => redirectCall(calls, callSid, twiml),
  };
}

function fetchCall(calls: CallListInstance, callSid: CallSid): Promise<CallSnapshot> {
  return callTwilio('fetch call', 'repeatable', async () => toCallSnapshot(await calls(callSid).fetch()));
}

/**
 * `canceled` first, which an answered call ignores, and `completed` where that was so: nobody can answer between a question and
 * what follows from it. Source: https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource
 */
async function endCall(calls: CallListInstance, callSid: CallSid): Promise<CallSnapshot> {
  try {
    return await callTwilio('end call', 'repeatable', async () => {
      const canceled = toCallSnapshot(await calls(callSid).update({ status: 'canceled' }));
      return canceled.status === 'canceled'
        ? canceled
        : toCallSnapshot(await calls(callSid).update({ status: 'completed' }));
    });
  } catch (error) {
    if (isRefusedWith(error, CALL_NOT_IN_PROGRESS)) {
      return fetchCall(calls, callSid);
    }
    throw error;
  }
}

async function redirectCall(calls: CallListInstance, callSid: CallSid, twiml: string): Promise<boolean> {
  try {
    await callTwilio('redirect call', 'once', () => calls(callSid).update({ twiml }));
    return true;
  } catch (error) {
    if (isRefusedWith(error, CALL_NOT_IN_PROGRESS)) {
      return false;
    }
    throw error;
  }
}
