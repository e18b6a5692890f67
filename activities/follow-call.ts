import { type CallEvent } from '../src/domain/call-event';
import { type CallSid } from '../src/domain/sid';
import { type CallSnapshot, type VoiceGateway } from '../src/twilio/voice-gateway';
import { callStatus } from './call-status';
import { toPollFailure } from './to-poll-failure';
import { voiceGatewayOf } from './voice-gateway-of';

export interface FollowCallInput {
  readonly callSid: CallSid;
}

export interface FollowCallDependencies {
  readonly voice?: { readonly gateway: Pick<VoiceGateway, 'endCall' | 'fetchCall'> };
}

/** Asks Twilio how far a call is: its callbacks may have been lost. */
export function createPollCall({ voice }: FollowCallDependencies) {
  return async function pollCall({ callSid }: FollowCallInput): Promise<CallEvent> {
    return await statusOf(() => voiceGatewayOf(voice).fetchCall(callSid));
  };
}

/** Ends a call, ringing or answered, and says how it ended. One that is over already stays as it is. */
export function createEndCall({ voice }: FollowCallDependencies) {
  return async function endCall({ callSid }: FollowCallInput): Promise<CallEvent> {
    return await statusOf(() => voiceGatewayOf(voice).endCall(callSid));
  };
}

async function statusOf(ask: () => Promise<CallSnapshot>): Promise<CallEvent> {
  try {
    return callStatus(await ask());
  } catch (error) {
    throw toPollFailure(error);
  }
}
