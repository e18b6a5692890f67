import { loadApiConfig } from '../../src/config/api-config';
import { startApi } from '../../src/start-api';
import { createLogger } from '../../src/telemetry/logger';
import { runPart } from '../process/run-part';
import { posthornVariables, type PosthornPlaces } from './posthorn-settings';

export interface ApiFacts {
  /** Where this machine reaches the API. */
  readonly url: string;
}

/** posthorn's API process: the code that `start:api` runs. */
runPart<PosthornPlaces, ApiFacts>(async (places, { resources }) => {
  const logger = createLogger({ level: 'error', name: 'api', destination: process.stderr });
  const { url } = await startApi({
    config: loadApiConfig(posthornVariables(places)),
    logger,
    resources,
    host: '127.0.0.1',
  });
  return { facts: { url } };
});
