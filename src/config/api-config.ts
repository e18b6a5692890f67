import { type PartialPolicy } from '../domain/complete-policy';
import { type OptOutCode } from '../domain/opt-out-code';
import { type Senders } from '../domain/sender';
import { type AccountSid } from '../domain/sid';
import { type SuppressionCode } from '../domain/suppression-code';
import { type WordReplies } from '../domain/word-replies';
import { type WordSetName } from '../domain/word-sets';
import { type LogLevel } from '../telemetry/logger';
import { deepFreeze } from './deep-freeze';
import { type EncryptionKey } from './encryption-keys';
import { type Environment } from './environment';
import { readVariables } from './read-variables';
import { configuredSenders } from './senders';
import { type TemporalConfig } from './temporal-config';
import { type TenantKey } from './tenant-keys';
import { apiVariables, commonVariables, deliveryVariables } from './variables';
import { type VoiceConfig, voiceConfig } from './voice-config';

/** Whose requests may name a callbackUrl, and which. The secrets themselves are the worker's. */
export interface CallbackAdmission {
  /** Whether http and private addresses will do. */
  readonly allowPrivate: boolean;
  /** Those that have a secret. */
  readonly tenants: readonly string[];
}

/** What the API process needs to know. */
export interface ApiConfig {
  /** 0 takes any free port. */
  readonly port: number;
  /** Without a slash at its end. */
  readonly publicBaseUrl: string;
  readonly tenantKeys: readonly TenantKey[];
  readonly databaseUrl: string;
  readonly temporal: TemporalConfig;
  /** The first encrypts, all decrypt; empty: payloads travel as they are. */
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly accountSid: AccountSid;
  /** Any of them may have signed a webhook. */
  readonly authTokens: readonly string[];
  readonly senders: Senders;
  readonly voice: VoiceConfig;
  readonly optOutCodes: readonly OptOutCode[];
  readonly suppressionCodes: readonly SuppressionCode[];
  /** The sets of words that inbound texts are read by; the first that has a word says its language. */
  readonly wordSets: readonly WordSetName[];
  readonly wordReplies: WordReplies;
  readonly defaultPolicy?: PartialPolicy;
  readonly callbacks: CallbackAdmission;
  /** How long the trace of a webhook is kept, in milliseconds. */
  readonly keepWebhooksMs: number;
  readonly logLevel: LogLevel;
}

/** The environment variables that the API reads, besides those of Temporal. */
export const API_VARIABLES = { ...commonVariables, ...deliveryVariables, ...apiVariables };

/**
 * Reads the configuration of the API process.
 * @throws ConfigError with every problem at once.
 */
export function loadApiConfig(env: Environment): ApiConfig {
  const read = readVariables(API_VARIABLES, env);
  return deepFreeze({
    port: read.PORT,
    publicBaseUrl: read.PUBLIC_BASE_URL,
    tenantKeys: read.POSTHORN_API_KEYS,
    databaseUrl: read.DATABASE_URL,
    temporal: read.temporal,
    encryptionKeys: read.POSTHORN_ENCRYPTION_KEYS,
    accountSid: read.TWILIO_ACCOUNT_SID,
    authTokens: read.TWILIO_AUTH_TOKEN,
    senders: configuredSenders(read),
    voice: voiceConfig(read),
    optOutCodes: read.POSTHORN_OPT_OUT_ERROR_CODES,
    suppressionCodes: read.POSTHORN_SUPPRESSION_CODES,
    wordSets: read.POSTHORN_OPT_OUT_WORDS,
    wordReplies: read.POSTHORN_WORD_REPLIES ?? {},
    ...(read.POSTHORN_DEFAULT_POLICY === undefined ? {} : { defaultPolicy: read.POSTHORN_DEFAULT_POLICY }),
    callbacks: {
      allowPrivate: read.POSTHORN_CALLBACK_ALLOW_PRIVATE,
      tenants: [...new Set(read.POSTHORN_CALLBACK_SECRETS.map(({ tenant }) => tenant))],
    },
    keepWebhooksMs: read.POSTHORN_WEBHOOK_RETENTION,
    logLevel: read.LOG_LEVEL,
  });
}
