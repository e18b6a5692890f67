import { loadApiConfig } from './config/api-config';
import { readEnvironment } from './config/environment';
import { loadConfigOrExit } from './config/load-config-or-exit';
import { runService } from './run-service';
import { startApi } from './start-api';
import { createLogger } from './telemetry/logger';

/** The API process: HTTP, webhooks and the relay. */
async function main(): Promise<void> {
  const config = loadConfigOrExit(() => loadApiConfig(readEnvironment()));
  const logger = createLogger({ level: config.logLevel, name: 'api' });
  await runService(logger, async (resources) => {
    const { port } = await startApi({ config, logger, resources });
    logger.info({ port, publicBaseUrl: config.publicBaseUrl }, 'API is running');
    // Nothing ends the API but a signal: what it depends on may come and go.
    return { failed: new Promise<never>(() => undefined) };
  });
}

void main();
