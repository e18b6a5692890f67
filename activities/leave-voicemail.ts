import { type CallSid } from '../src/domain/sid';
import { type StepCall } from '../src/domain/step-message';
import { TwilioError } from '../src/twilio/twilio-error';
import { type VoiceGateway } from '../src/twilio/voice-gateway';
import { voicemailTwiml } from '../src/twilio/voice-twiml';
import { toSendFailure } from './to-send-failure';
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

/**
 * Has a call say something to the machine that took it. Throws ApplicationFailure of a type in `SEND_FAILURES`; to do it again after an
 * `unknown` one could begin the message anew.
 * @returns false when the call is over already
 */
export function createLeaveVoicemail({ voice }: LeaveVoicemailDependencies) {
  return async function leaveVoicemail({ callSid, speech, voicemail }: LeaveVoicemailInput): Promise<boolean> {
    try {
      return await voiceGatewayOf(voice).redirectCall(callSid, voicemailTwiml(voicemail, speech));
    } catch (error) {
      throw toSendFailure(error, { mayBeAtTwilio: error instanceof TwilioError && error.fault === 'ambiguous' });
    }
  };
}
