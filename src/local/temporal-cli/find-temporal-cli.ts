import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedCopy, keepInCache } from './cached-cli';
import { type CliSearch, SearchEnded, type WayAtHand, type WayToFetch } from './cli-way';
import { withFetchLock } from './fetch-lock';
import { type TemporalCli, temporalCliVersion } from './temporal-cli';
import { type FailedWay, TemporalCliNotFound } from './temporal-cli-not-found';
import { type TemporalCliWays } from './temporal-cli-ways';

/** Lines of a reason that are kept: the end of a program's output says why it failed. */
const REASON_LINES = 6;

/**
 * Finds a Temporal command line, the first that applies of the given ways, and fetches it into the cache when none is
 * at hand. Two runs at once fetch once.
 *
 * @throws TemporalCliNotFound when no way is left; SearchEnded when TEMPORAL_CLI_PATH is wrong; the reason of
 *   `search.signal` when that is aborted.
 */
export async function findTemporalCli(search: CliSearch, ways: TemporalCliWays): Promise<TemporalCli> {
  const failedWays: FailedWay[] = [];
  for (const way of ways.atHand) {
    const found = await attempt(way, search, failedWays, async () => inspect(way, await way.try(search)));
    if (found !== undefined) {
      return found;
    }
  }
  return withFetchLock(search, async (scratchFolder) => {
    const fetchedMeanwhile = await cachedCopy
      .try(search)
      .then((path) => inspect(cachedCopy, path))
      .catch(() => undefined);
    return fetchedMeanwhile ?? fetchTemporalCli(search, ways.toFetch, scratchFolder, failedWays);
  });
}

async function fetchTemporalCli(
  search: CliSearch,
  ways: readonly WayToFetch[],
  scratchFolder: string,
  failedWays: FailedWay[],
): Promise<TemporalCli> {
  for (const [index, way] of ways.entries()) {
    search.progress(`Temporal CLI: trying ${way.name}.`);
    const found = await attempt(way, search, failedWays, async () => {
      const ownFolder = join(scratchFolder, String(index));
      await mkdir(ownFolder);
      return keep(way, await way.try(search, ownFolder), search);
    });
    if (found !== undefined) {
      return found;
    }
  }
  throw new TemporalCliNotFound(failedWays);
}

/** Runs one way; a failure is told and noted, and only the end of the whole search is thrown. */
async function attempt(
  way: WayAtHand | WayToFetch,
  search: CliSearch,
  failedWays: FailedWay[],
  work: () => Promise<TemporalCli>,
): Promise<TemporalCli | undefined> {
  search.signal.throwIfAborted();
  try {
    const found = await work();
    search.progress(`Temporal CLI ${found.version}: ${way.name} (${found.path}).`);
    return found;
  } catch (error) {
    search.signal.throwIfAborted();
    if (error instanceof SearchEnded) {
      throw error;
    }
    const reason = reasonOf(error);
    failedWays.push({ name: way.name, reason, remedy: way.remedy });
    search.progress(`Temporal CLI, ${way.name}: ${reason}.`);
    return undefined;
  }
}

async function inspect(way: WayAtHand, path: string): Promise<TemporalCli> {
  return { path, version: await temporalCliVersion(path), way: way.name };
}

async function keep(way: WayToFetch, executable: string, { cacheFolder }: CliSearch): Promise<TemporalCli> {
  await chmod(executable, 0o755);
  const version = await temporalCliVersion(executable);
  return { path: await keepInCache(executable, cacheFolder, way.version), version, way: way.name };
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split('\n').slice(-REASON_LINES).join('\n     ');
}
