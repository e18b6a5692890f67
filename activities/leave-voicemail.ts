import { type CallSid } from '../src/domain/sid';
import { type StepCall } from '../src/domain/step-message';
import { type VoiceGateway } from '../src/twilio/voice-gateway';
import { voicemailTwiml } from '../src/twilio/voice-twiml';
import { toPollFailure } from './to-poll-failure';
import { voiceGatewayOf } from './voice-gateway-of';

export interface LeaveVoicemailInput {
  readonly callSid: CallSid;
  /** Personal. */
  readonly voicemail: string;
  readonly speech: StepCall['speech'];
}

export interface LeaveVoicemailDependencies {
  readonly voice?: { readonly gateway: Pick<VoiceGateway, 'redirectCall'> };
}

/** Has a call say something to the machine that took it. @returns false when the call is over already */
export function createLeaveVoicemail({ voice }: LeaveVoicemailDependencies) {
  return async function leaveVoicemail({ callSid, speech, voicemail }: LeaveVoicemailInput): Promise<boolean> {
    try {
      return await voiceGatewayOf(voice).redirectCall(callSid, voicemailTwiml(voicemail, speech));
    } catch (error) {
      throw toPollFailure(error);
    }
  };
}
