import { type OptOutCode } from '../domain/opt-out-code';
import { type QuietHoursRow } from '../domain/quiet-hours-table';
import { type Senders } from '../domain/sender';
import { type AccountSid, type ApiKeySid, type ConversationServiceSid, type MessagingServiceSid } from '../domain/sid';
import { type SuppressionCode } from '../domain/suppression-code';
import { type LogLevel } from '../telemetry/logger';
import { type CallbackSecret } from './callback-secrets';
import { deepFreeze } from './deep-freeze';
import { type EncryptionKey } from './encryption-keys';
import { type Environment } from './environment';
import { readVariables } from './read-variables';
import { configuredSenders } from './senders';
import { type TemporalConfig } from './temporal-config';
import { commonVariables, deliveryVariables, workerVariables } from './variables';
import { type VoiceConfig, voiceConfig } from './voice-config';

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

/** How callers are told. */
export interface CallbackConfig {
  /** Whether http and private addresses will do. */
  readonly allowPrivate: boolean;
  /** All of a tenant's sign each of its callbacks. */
  readonly secrets: readonly CallbackSecret[];
}

/** What the worker process needs to know. */
export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly temporal: TemporalConfig;
  /** The first encrypts, all decrypt; empty: payloads travel as they are. */
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly twilio: TwilioApiConfig;
  readonly senders: Senders;
  readonly voice: VoiceConfig;
  /** Where Twilio tells of calls; without it none is made. Without a slash at its end. */
  readonly publicBaseUrl?: string;
  readonly optOutCodes: readonly OptOutCode[];
  readonly suppressionCodes: readonly SuppressionCode[];
  /** How long an attempt may be silent before the sweep asks Twilio about it, in milliseconds. */
  readonly receiptQuietAfterMs: number;
  readonly callbacks: CallbackConfig;
  /** Windows that come before those of posthorn's own table. */
  readonly quietHours: readonly QuietHoursRow[];
  /** Where metrics are served; absent: nowhere. 0 takes any free port. */
  readonly metricsPort?: number;
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
    senders: configuredSenders(read),
    voice: voiceConfig(read),
    ...(read.PUBLIC_BASE_URL === undefined ? {} : { publicBaseUrl: read.PUBLIC_BASE_URL }),
    optOutCodes: read.POSTHORN_OPT_OUT_ERROR_CODES,
    suppressionCodes: read.POSTHORN_SUPPRESSION_CODES,
    receiptQuietAfterMs: read.POSTHORN_RECEIPT_QUIET_AFTER,
    callbacks: { allowPrivate: read.POSTHORN_CALLBACK_ALLOW_PRIVATE, secrets: read.POSTHORN_CALLBACK_SECRETS },
    quietHours: read.POSTHORN_QUIET_HOURS,
    ...(read.METRICS_PORT === undefined ? {} : { metricsPort: read.METRICS_PORT }),
    logLevel: read.LOG_LEVEL,
  });
}
