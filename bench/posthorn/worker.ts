import { loadWorkerConfig } from '../../src/config/worker-config';
import { startWorker } from '../../src/start-worker';
import { createLogger } from '../../src/telemetry/logger';
import { installRuntime } from '../../src/temporal/install-runtime';
import { runPart } from '../process/run-part';
import { posthornVariables, type PosthornPlaces, UNLIMITED_PER_SECOND } from './posthorn-settings';

/** posthorn's worker process: the code that `start:worker` runs, without Twilio's rate limit. Any question is answered with its resident memory, in bytes. */
runPart<PosthornPlaces, null>(async (places, { resources }) => {
  const logger = createLogger({ level: 'error', name: 'worker', destination: process.stderr });
  installRuntime(logger);
  await startWorker({
    config: loadWorkerConfig(posthornVariables(places)),
    logger,
    resources,
    twilioActivitiesPerSecond: UNLIMITED_PER_SECOND,
  });
  return { facts: null, answer: () => Promise.resolve(process.memoryUsage().rss) };
});
