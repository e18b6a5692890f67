import { Runtime } from '@temporalio/worker';
import { createLogger } from '../../src/telemetry/logger';
import { createTemporalLogger } from '../../src/temporal/log-adapter';

let isInstalled = false;

/** Lets the SDK report errors only. The runtime is one for the process; Jest has a process and modules for each file. */
export function installQuietRuntime(): void {
  if (!isInstalled) {
    Runtime.install({
      logger: createTemporalLogger(createLogger({ level: 'error', name: 'test' })),
      shutdownSignals: [],
    });
    isInstalled = true;
  }
}
