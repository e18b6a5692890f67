import { readEnvironment } from './config/environment';
import { loadConfigOrExit } from './config/load-config-or-exit';
import { loadWorkerConfig } from './config/worker-config';
import { runService } from './run-service';
import { startWorker } from './start-worker';
import { createLogger } from './telemetry/logger';
import { installRuntime } from './temporal/install-runtime';

/** The worker process: workflows and activities. */
async function main(): Promise<void> {
  const config = loadConfigOrExit(() => loadWorkerConfig(readEnvironment()));
  const logger = createLogger({ level: config.logLevel, name: 'worker' });
  installRuntime(logger);
  await runService(logger, async (resources) => {
    const workers = await startWorker({ config, logger, resources });
    logger.info({ namespace: config.temporal.namespace }, 'worker is running');
    return { failed: workers.running };
  });
}

void main();
