import { type OptOutCode } from '../domain/opt-out-code';
import { type Senders } from '../domain/sender';
import { type AccountSid, type ApiKeySid, type ConversationServiceSid, type MessagingServiceSid } from '../domain/sid';
import { type LogLevel } from '../telemetry/logger';
import { deepFreeze } from './deep-freeze';
import { type EncryptionKey } from './encryption-keys';
import { type Environment } from './environment';
import { readVariables } from './read-variables';
import { type TemporalConfig } from './temporal-config';
import { commonVariables, deliveryVariables, workerVariables } from './variables';

/** How to speak to Twilio's API. */
export interface TwilioApiConfig {
  readonly accountSid: AccountSid;
  readonly apiKeySid: ApiKeySid;
  readonly apiKeySecret: string;
  readonly conversationServiceSid: ConversationServiceSid;
  readonly messagingServiceSid?: MessagingServiceSid;
  /** In place of all of Twilio's hosts, with the same paths; without a slash at its end. */
  readonly baseUrl?: string;
}

/** What the worker process needs to know. */
export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly temporal: TemporalConfig;
  /** The first encrypts, all decrypt; empty: payloads travel as they are. */
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly twilio: TwilioApiConfig;
  readonly senders: Senders;
  readonly optOutCodes: readonly OptOutCode[];
  /** How long an attempt may be silent before the sweep asks Twilio about it, in milliseconds. */
  readonly receiptQuietAfterMs: number;
  readonly logLevel: LogLevel;
}

/** The environment variables that the worker reads, besides those of Temporal. */
export const WORKER_VARIABLES = { ...commonVariables, ...deliveryVariables, ...workerVariables };

/**
 * Reads the configuration of the worker process.
 * @throws ConfigError with every problem at once.
 */
export function loadWorkerConfig(env: Environment): WorkerConfig {
  const read = readVariables(WORKER_VARIABLES, env);
  const { TWILIO_MESSAGING_SERVICE_SID: messagingServiceSid, TWILIO_API_BASE_URL: baseUrl } = read;
  return deepFreeze({
    databaseUrl: read.DATABASE_URL,
    temporal: read.temporal,
    encryptionKeys: read.POSTHORN_ENCRYPTION_KEYS,
    twilio: {
      accountSid: read.TWILIO_ACCOUNT_SID,
      apiKeySid: read.TWILIO_API_KEY_SID,
      apiKeySecret: read.TWILIO_API_KEY_SECRET,
      conversationServiceSid: read.TWILIO_CONVERSATIONS_SERVICE_SID,
      ...(messagingServiceSid === undefined ? {} : { messagingServiceSid }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
    },
    senders: { sms: read.TWILIO_FROM, whatsapp: read.TWILIO_WHATSAPP_FROM },
    optOutCodes: read.POSTHORN_OPT_OUT_ERROR_CODES,
    receiptQuietAfterMs: read.POSTHORN_RECEIPT_QUIET_AFTER,
    logLevel: read.LOG_LEVEL,
  });
}
