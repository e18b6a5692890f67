import { type PartialPolicy } from '../domain/complete-policy';
import { type OptOutCode } from '../domain/opt-out-code';
import { type Senders } from '../domain/sender';
import { type AccountSid } from '../domain/sid';
import { type LogLevel } from '../telemetry/logger';
import { deepFreeze } from './deep-freeze';
import { type EncryptionKey } from './encryption-keys';
import { type Environment } from './environment';
import { readVariables } from './read-variables';
import { type TemporalConfig } from './temporal-config';
import { type TenantKey } from './tenant-keys';
import { apiVariables, commonVariables, deliveryVariables } from './variables';

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
  readonly optOutCodes: readonly OptOutCode[];
  readonly defaultPolicy?: PartialPolicy;
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
    senders: { sms: read.TWILIO_FROM, whatsapp: read.TWILIO_WHATSAPP_FROM },
    optOutCodes: read.POSTHORN_OPT_OUT_ERROR_CODES,
    ...(read.POSTHORN_DEFAULT_POLICY === undefined ? {} : { defaultPolicy: read.POSTHORN_DEFAULT_POLICY }),
    logLevel: read.LOG_LEVEL,
  });
}
