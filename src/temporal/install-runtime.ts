import { type LogLevel, type LogMetadata, type Logger as TemporalLogger } from '@temporalio/common';
import { Runtime } from '@temporalio/worker';
import { type Logger } from '../telemetry/logger';
import { createTemporalLogger } from './log-adapter';

/** Parts of the SDK that report each of their own steps. What workflows and activities say keeps its level. */
const TALKATIVE = ['worker', 'core'];

/** Warned of at every start; the worker of the Twilio queue has none on purpose. */
const NO_WORKFLOWS = /^No workflows registered\b/;

/** Names as Prometheus wants them, and seconds as everywhere else. */
const UNITS = { countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true } as const;

/** Temporal's runtime in this process. */
export interface InstalledRuntime {
  /** Ends its threads, which would keep a process that never made a worker; may be called when they have ended. */
  stop(): Promise<void>;
}

/**
 * Sets up Temporal's runtime for this process: all that it says, its native part included, goes through posthorn's
 * logger, and its own running commentary only to `debug`. To be called once, before the first worker is made.
 * @param metricsPort of this machine, where the SDK serves what it measures; without it nowhere.
 */
export function installRuntime(logger: Logger, metricsPort?: number): InstalledRuntime {
  const runtime = Runtime.install({
    logger: withoutCommentary(createTemporalLogger(logger)),
    telemetryOptions: {
      logging: { forward: {} },
      ...(metricsPort !== undefined && {
        metrics: { prometheus: { bindAddress: `127.0.0.1:${metricsPort}`, ...UNITS } },
      }),
    },
    // Signals are ours: the runtime would stop the workers behind our back.
    shutdownSignals: [],
  });
  return { stop: () => runtime.shutdown() };
}

function withoutCommentary(inner: TemporalLogger): TemporalLogger {
  const log = (level: LogLevel, message: string, meta?: LogMetadata): void => {
    const isCommentary = level === 'INFO' && TALKATIVE.includes(String(meta?.['sdkComponent']));
    inner.log(isCommentary || NO_WORKFLOWS.test(message) ? 'DEBUG' : level, message, meta);
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
