import { Runtime } from '@temporalio/worker';
import { type Logger } from '../telemetry/logger';
import { createTemporalLogger } from './log-adapter';

/**
 * Sets up Temporal's runtime for this process: all that it says, its native part included, goes through posthorn's
 * logger. To be called once, before the first worker is made.
 */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    logger: createTemporalLogger(logger),
    telemetryOptions: { logging: { forward: {} } },
    // Signals are ours: the runtime would stop the workers behind our back.
    shutdownSignals: [],
  });
}
