import { type LogLevel } from '../telemetry/logger';
import { deepFreeze } from './deep-freeze';
import { type Environment } from './environment';
import { readVariables } from './read-variables';
import { type TemporalConfig } from './temporal-config';
import { commonVariables } from './variables';

/** What `posthorn setup` needs to know. */
export interface SetupConfig {
  readonly databaseUrl: string;
  readonly temporal: TemporalConfig;
  readonly logLevel: LogLevel;
}

/** The environment variables that `posthorn setup` reads, besides those of Temporal. */
export const SETUP_VARIABLES = commonVariables;

/**
 * Reads the configuration of `posthorn setup`.
 * @throws ConfigError with every problem at once.
 */
export function loadSetupConfig(env: Environment): SetupConfig {
  const { DATABASE_URL, temporal, LOG_LEVEL } = readVariables(SETUP_VARIABLES, env);
  return deepFreeze({ databaseUrl: DATABASE_URL, temporal, logLevel: LOG_LEVEL });
}
