import { type LogLevel } from '../telemetry/logger';
import { deepFreeze } from './deep-freeze';
import { type Environment } from './environment';
import { readVariables } from './read-variables';
import { type TemporalConfig } from './temporal-config';
import { commonVariables, setupVariables } from './variables';

/** What `posthorn setup` needs to know. */
export interface SetupConfig {
  readonly databaseUrl: string;
  readonly temporal: TemporalConfig;
  /** From one sweep to the next, in milliseconds. */
  readonly sweepIntervalMs: number;
  readonly logLevel: LogLevel;
}

/** The environment variables that `posthorn setup` reads, besides those of Temporal. */
export const SETUP_VARIABLES = { ...commonVariables, ...setupVariables };

/**
 * Reads the configuration of `posthorn setup`.
 * @throws ConfigError with every problem at once.
 */
export function loadSetupConfig(env: Environment): SetupConfig {
  const read = readVariables(SETUP_VARIABLES, env);
  return deepFreeze({
    databaseUrl: read.DATABASE_URL,
    temporal: read.temporal,
    sweepIntervalMs: read.POSTHORN_SWEEP_INTERVAL,
    logLevel: read.LOG_LEVEL,
  });
}
