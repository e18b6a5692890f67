import { type Logger } from './telemetry/logger';
import { createResourceStack, type ResourceStack } from './resource-stack';
import { listenForShutdown } from './shutdown';

/** How long each part may take to stop, and the whole process, in milliseconds. */
const STOP_PART_WITHIN_MS = 25_000;
const STOP_WITHIN_MS = 30_000;

/** A service that runs: `failed` rejects when it cannot go on. */
export interface RunningService {
  readonly failed: Promise<unknown>;
}

/**
 * Runs a service until SIGINT or SIGTERM, or until it fails, and then stops all that it put on the stack.
 * Ends the process: 0 after a signal, 1 when the service could not start or failed.
 */
export async function runService(
  logger: Logger,
  start: (resources: ResourceStack) => Promise<RunningService>,
): Promise<void> {
  const shutdown = listenForShutdown({
    source: process,
    forceAfterMs: STOP_WITHIN_MS,
    forceExit: (exitCode) => process.exit(exitCode),
    announce: (line) => logger.info(line),
  });
  const resources = createResourceStack({
    stopWithinMs: STOP_PART_WITHIN_MS,
    report: ({ name, error }) => logger.error({ err: error }, `${name} did not stop`),
  });
  const isFailed = await untilEnd(logger, shutdown.requested, () => start(resources));
  const problems = await resources.stopAll();
  shutdown.remove();
  logger.info('stopped');
  // Temporal's runtime has threads of its own that would keep the process.
  process.exit(isFailed || problems.length > 0 ? 1 : 0);
}

async function untilEnd(
  logger: Logger,
  requested: Promise<unknown>,
  start: () => Promise<RunningService>,
): Promise<boolean> {
  try {
    const service = await start();
    await Promise.race([requested, service.failed]);
    return false;
  } catch (error) {
    logger.error({ err: error }, error instanceof Error ? error.message : 'failed');
    return true;
  }
}
