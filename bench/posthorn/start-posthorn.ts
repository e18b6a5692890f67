import { randomCredentials } from '../../src/local/local-credentials';
import { type ResourceStack } from '../../src/resource-stack';
import { type RunningPart, startPart } from '../process/start-part';
import { type Servers } from '../servers';
import { type ApiFacts } from './api';
import { type PosthornPlaces } from './posthorn-settings';
import { type SimulatorFacts, type SimulatorSettings } from './simulator';

/** posthorn as it runs in production, API and worker in processes of their own, and a simulator in a third. */
export interface Posthorn {
  readonly apiKey: string;
  readonly api: RunningPart<ApiFacts>;
  readonly simulator: RunningPart<SimulatorFacts>;
  readonly worker: RunningPart<null>;
}

/** Starts posthorn on the given servers. */
export async function startPosthorn(
  servers: Pick<Servers, 'databaseUrl' | 'temporal'>,
  resources: ResourceStack,
): Promise<Posthorn> {
  const { databaseUrl, temporal } = servers;
  const credentials = randomCredentials();
  const places = { databaseUrl, temporal, credentials };
  const api = resources.use(
    'API',
    await startPart<PosthornPlaces, ApiFacts>({ entry: require.resolve('./api'), settings: places }),
  );
  const simulator = resources.use(
    'simulator',
    await startPart<SimulatorSettings, SimulatorFacts>({
      entry: require.resolve('./simulator'),
      settings: {
        twilio: credentials.twilio,
        webhooksTo: api.facts.url,
        webhookPath: '/webhooks/twilio/conversations',
      },
    }),
  );
  const worker = resources.use(
    'worker',
    await startPart<PosthornPlaces, null>({
      entry: require.resolve('./worker'),
      settings: { ...places, twilioUrl: simulator.facts.url },
    }),
  );
  return { api, apiKey: credentials.apiKey, simulator, worker };
}
