import { loadApiConfig } from '../config/api-config';
import { type Environment } from '../config/environment';
import { loadSetupConfig } from '../config/setup-config';
import { loadWorkerConfig } from '../config/worker-config';
import { runSetup } from '../setup/run-setup';
import { type Simulator } from '../simulator/start-simulator';
import { startApi } from '../start-api';
import { startWorker } from '../start-worker';
import { type Logger } from '../telemetry/logger';
import { randomCredentials } from './local-credentials';
import { startStackServers, type StackServers, type StackServersOptions } from './stack-servers';
import { startStackSimulator } from './stack-simulator';
import { stackVariables } from './stack-variables';

export interface StackOptions extends StackServersOptions {
  readonly logger: Logger;
  /** Overrides of posthorn's own environment. */
  readonly variables?: Environment;
  /** Where the API and the simulator listen; 0 takes any free port. */
  readonly apiPort?: number;
  readonly simulatorPort?: number;
  /** Gets everything that the simulator accepts and tells. */
  readonly simulatorLogFile?: string;
  readonly twilioActivitiesPerSecond?: number;
}

/** Everything that posthorn needs and is, in one process. */
export interface Stack extends StackServers {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly simulator: Simulator;
  /** posthorn's own environment, as API and worker have it. */
  readonly environment: Environment;
}

/**
 * Starts Postgres, Temporal, the simulator, the API and a worker.
 * What Temporal's SDK says goes to the console unless `installRuntime` was called before.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { logger, progress, resources, signal } = options;
  const servers = await startStackServers(options);
  const credentials = randomCredentials();
  const variables = { ...stackVariables(servers, credentials, options.apiPort ?? 0), ...options.variables };
  await runSetup(loadSetupConfig(variables), progress);
  signal.throwIfAborted();

  const api = await startApi({ config: loadApiConfig(variables), logger, resources, host: '127.0.0.1' });
  progress(`API at ${api.url}.`);
  const simulator = await startStackSimulator({
    twilio: credentials.twilio,
    environment: variables,
    apiUrl: api.url,
    port: options.simulatorPort ?? 0,
    logFile: options.simulatorLogFile,
    progress,
    resources,
  });
  signal.throwIfAborted();

  const environment = { TWILIO_API_BASE_URL: simulator.url, ...variables };
  await startWorker({
    config: loadWorkerConfig(environment),
    logger,
    resources,
    ...(options.twilioActivitiesPerSecond === undefined
      ? {}
      : { twilioActivitiesPerSecond: options.twilioActivitiesPerSecond }),
  });
  progress('Worker is running.');
  return { ...servers, apiUrl: api.url, apiKey: credentials.apiKey, simulator, environment };
}
