import { type Environment } from '../config/environment';
import { LOCAL_TENANT, type LocalCredentials } from './local-credentials';
import { type StackServers } from './stack-servers';

/** The senders of a local stack; numbers of +1 202 555 01xx are reserved for examples. */
export const LOCAL_SENDERS = { sms: '+12025550100', whatsapp: '+12025550101', voice: '+12025550102' } as const;

/** Twilio signs for this address; the simulator takes its webhooks to where the API really listens. */
export const LOCAL_PUBLIC_BASE_URL = 'https://posthorn.example.com';

/** posthorn's own environment in a local stack, but for the address of what stands in for Twilio. */
export function stackVariables(
  { databaseUrl, temporal }: StackServers,
  { apiKey, twilio }: LocalCredentials,
  apiPort: number,
): Environment {
  return {
    PORT: String(apiPort),
    PUBLIC_BASE_URL: LOCAL_PUBLIC_BASE_URL,
    POSTHORN_API_KEYS: `${LOCAL_TENANT}:${apiKey}`,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_API_KEY_SID: twilio.apiKeySid,
    TWILIO_API_KEY_SECRET: twilio.apiKeySecret,
    TWILIO_CONVERSATIONS_SERVICE_SID: twilio.serviceSid,
    TWILIO_FROM: LOCAL_SENDERS.sms,
    TWILIO_WHATSAPP_FROM: LOCAL_SENDERS.whatsapp,
    TWILIO_VOICE_FROM: LOCAL_SENDERS.voice,
  };
}
