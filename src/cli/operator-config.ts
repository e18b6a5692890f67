import { type PartialPolicy } from '../domain/complete-policy';
import { type OptOutCode } from '../domain/opt-out-code';
import { type EncryptionKey } from '../config/encryption-keys';
import { type Environment } from '../config/environment';
import { readVariables } from '../config/read-variables';
import { type TemporalConfig } from '../config/temporal-config';
import { apiVariables, commonVariables, deliveryVariables } from '../config/variables';

/** What an operator's commands need to know: they work on Postgres and Temporal themselves, without an API key. */
export interface OperatorConfig {
  readonly databaseUrl: string;
  readonly temporal: TemporalConfig;
  readonly encryptionKeys: readonly EncryptionKey[];
  readonly optOutCodes: readonly OptOutCode[];
  readonly defaultPolicy: PartialPolicy | undefined;
  /** The tenants that the API knows, as far as POSTHORN_API_KEYS is set. */
  readonly tenants: readonly string[];
}

const OPERATOR_VARIABLES = {
  DATABASE_URL: commonVariables.DATABASE_URL,
  POSTHORN_ENCRYPTION_KEYS: deliveryVariables.POSTHORN_ENCRYPTION_KEYS,
  POSTHORN_OPT_OUT_ERROR_CODES: deliveryVariables.POSTHORN_OPT_OUT_ERROR_CODES,
  POSTHORN_DEFAULT_POLICY: apiVariables.POSTHORN_DEFAULT_POLICY,
  POSTHORN_API_KEYS: apiVariables.POSTHORN_API_KEYS.optional(),
};

/**
 * Reads the configuration of the operators' commands.
 * @throws ConfigError with every problem at once.
 */
export function loadOperatorConfig(env: Environment): OperatorConfig {
  const read = readVariables(OPERATOR_VARIABLES, env);
  const tenants = (read.POSTHORN_API_KEYS ?? []).map(({ tenant }) => tenant);
  return {
    databaseUrl: read.DATABASE_URL,
    temporal: read.temporal,
    encryptionKeys: read.POSTHORN_ENCRYPTION_KEYS,
    optOutCodes: read.POSTHORN_OPT_OUT_ERROR_CODES,
    defaultPolicy: read.POSTHORN_DEFAULT_POLICY,
    tenants: [...new Set(tenants)],
  };
}
