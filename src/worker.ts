import { readEnvironment } from './config/environment';
import { loadConfigOrExit } from './config/load-config-or-exit';
import { loadWorkerConfig } from './config/worker-config';
import { listen } from './http/listen';
import { runService } from './run-service';
import { startWorker } from './start-worker';
import { createLogger } from './telemetry/logger';
import { installRuntime } from './temporal/install-runtime';

/** The worker process: workflows and activities. */
async function main(): Promise<void> {
  const config = loadConfigOrExit(() => loadWorkerConfig(readEnvironment()));
  const logger = createLogger({ level: config.logLevel, name: 'worker' });
  const temporalMetricsPort = config.metricsPort === undefined ? undefined : await findFreePort();
  installRuntime(logger, temporalMetricsPort);
  await runService(logger, async (resources) => {
    const workers = await startWorker({
      config,
      logger,
      resources,
      ...(temporalMetricsPort !== undefined && { temporalMetricsPort }),
    });
    logger.info({ namespace: config.temporal.namespace }, 'worker is running');
    return { failed: workers.running };
  });
}

/** A port of this machine that is free now, for Temporal's SDK, which cannot say which one it took. */
async function findFreePort(): Promise<number> {
  const listener = await listen(() => undefined, { port: 0, host: '127.0.0.1' });
  await listener.stop();
  return listener.port;
}

void main();
