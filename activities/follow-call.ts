import { type CallEvent } from '../src/domain/call-event';
import { type CallSid } from '../src/domain/sid';
import { type CallSnapshot, type VoiceGateway } from '../src/twilio/voice-gateway';
import { statusEventId } from '../src/twilio/voice-webhook';
import { toPollFailure } from './to-poll-failure';

export interface FollowCallInput {
  readonly callSid: CallSid;
}

export interface FollowCallDependencies {
  readonly voice?: { readonly gateway: Pick<VoiceGateway, 'endCall' | 'fetchCall'> };
}

/** Asks Twilio how far a call is: its callbacks may have been lost. */
export function createPollCall({ voice }: FollowCallDependencies) {
  return async function pollCall({ callSid }: FollowCallInput): Promise<CallEvent> {
    return await statusOf(() => gatewayOf(voice).fetchCall(callSid));
  };
}

/** Ends a call, ringing or answered, and says how it ended. One that is over already stays as it is. */
export function createEndCall({ voice }: FollowCallDependencies) {
  return async function endCall({ callSid }: FollowCallInput): Promise<CallEvent> {
    return await statusOf(() => gatewayOf(voice).endCall(callSid));
  };
}

function gatewayOf(voice: FollowCallDependencies['voice']) {
  if (voice === undefined) {
    throw new Error('PUBLIC_BASE_URL is missing in the environment of this worker: set it as for the API');
  }
  return voice.gateway;
}

async function statusOf(ask: () => Promise<CallSnapshot>): Promise<CallEvent> {
  try {
    const { answeredBy, callSid, durationSeconds, status, updatedAt } = await ask();
    return {
      kind: 'status',
      eventId: statusEventId(callSid, status),
      callSid,
      at: updatedAt,
      status,
      ...(answeredBy === undefined ? {} : { answeredBy }),
      ...(durationSeconds === undefined ? {} : { durationSeconds }),
    };
  } catch (error) {
    throw toPollFailure(error);
  }
}
