import { type ApplicationSid, type ConnectAppSid } from '../domain/sid';

/** What is configured for calls. */
export interface VoiceConfig {
  /** The caller's number of steps without `from`, E.164. */
  readonly from?: string;
  readonly applicationSid?: ApplicationSid;
  /** What articles call "conductor": a connect app. It is noted beside calls; no call needs it. */
  readonly conductorSid?: ConnectAppSid;
}

interface VoiceVariables {
  readonly TWILIO_VOICE_FROM?: string | undefined;
  readonly TWILIO_APPLICATION_SID?: ApplicationSid | undefined;
  readonly TWILIO_CONDUCTOR_SID?: ConnectAppSid | undefined;
}

/** The part of a configuration that concerns calls. */
export function voiceConfig(read: VoiceVariables): VoiceConfig {
  const { TWILIO_APPLICATION_SID: applicationSid, TWILIO_CONDUCTOR_SID: conductorSid, TWILIO_VOICE_FROM: from } = read;
  return {
    ...(from === undefined ? {} : { from }),
    ...(applicationSid === undefined ? {} : { applicationSid }),
    ...(conductorSid === undefined ? {} : { conductorSid }),
  };
}
