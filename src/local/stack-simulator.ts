import { type Environment } from '../config/environment';
import { type ResourceStack } from '../resource-stack';
import { accountFromEnvironment } from '../simulator/account/account-from-environment';
import { configureWebhooks, DELIVERY_FILTERS } from '../simulator/configure-webhooks';
import { type Simulator, startSimulator } from '../simulator/start-simulator';
import { type LocalCredentials } from './local-credentials';
import { type Progress } from './progress';
import { LOCAL_PUBLIC_BASE_URL } from './stack-variables';

export interface StackSimulatorOptions {
  readonly twilio: LocalCredentials['twilio'];
  /** posthorn's own environment: the account owns what it names. */
  readonly environment: Environment;
  /** Where the webhooks really go. */
  readonly apiUrl: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Gets everything that it accepts and tells. */
  readonly logFile?: string | undefined;
  readonly progress: Progress;
  readonly resources: ResourceStack;
}

/** Starts the simulator of a local stack, which then tells the API at `apiUrl` of every delivery and reply. */
export async function startStackSimulator(options: StackSimulatorOptions): Promise<Simulator> {
  const { twilio, apiUrl, environment, logFile, port, progress, resources } = options;
  const account = accountFromEnvironment(environment);
  const webhookOrigins = { [LOCAL_PUBLIC_BASE_URL]: apiUrl };
  const simulator = resources.use(
    'simulator',
    await startSimulator({ ...twilio, account, port, webhookOrigins, logFile }),
  );
  await configureWebhooks({
    ...twilio,
    url: simulator.url,
    webhookUrl: `${LOCAL_PUBLIC_BASE_URL}/webhooks/twilio/conversations`,
    filters: DELIVERY_FILTERS,
  });
  progress(`Twilio simulator at ${simulator.url}.`);
  return simulator;
}
