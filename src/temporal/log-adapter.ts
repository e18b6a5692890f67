import { type LogLevel, type LogMetadata, type Logger as TemporalLogger } from '@temporalio/common';
import { type Logger } from '../telemetry/logger';

/** Temporal's levels in posthorn's words. */
const METHODS = {
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Record<LogLevel, string>;

/** Lets Temporal's SDK, workflows and activities write through posthorn's logger, with their ids as fields. */
export function createTemporalLogger(logger: Logger): TemporalLogger {
  const log = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
    const method = METHODS[level];
    // Every workflow and activity announces its steps; most of it is not wanted.
    if (!logger.isLevelEnabled(method)) {
      return;
    }
    const { error, ...fields } = meta;
    logger[method](error === undefined ? fields : { ...fields, err: error }, message);
  };
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}
