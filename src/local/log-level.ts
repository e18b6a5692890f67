import { type Environment } from '../config/environment';
import { LOG_LEVELS, type LogLevel } from '../telemetry/logger';

/**
 * How much a local stack logs beside what it tells the person in front of it: LOG_LEVEL, or `usual` without it.
 * @throws Error that lists the levels.
 */
export function logLevelIn(environment: Environment, usual: LogLevel): LogLevel {
  const given = environment['LOG_LEVEL'];
  if (given === undefined || given.trim() === '') {
    return usual;
  }
  const level = LOG_LEVELS.find((candidate) => candidate === given);
  if (level === undefined) {
    throw new Error(`LOG_LEVEL is not a level: choose one of ${LOG_LEVELS.join(', ')}`);
  }
  return level;
}
