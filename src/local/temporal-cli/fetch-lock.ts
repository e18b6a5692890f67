import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { cachedCliFolder } from './cached-cli';
import { type CliSearch } from './cli-way';

/** A run that was killed no longer refreshes its lock; after this time the next run takes it over. */
const LOCK_STALE_MS = 10_000;

const LOCK_RETRY_MS = 250;

const SCRATCH_PREFIX = 'fetch-';

/**
 * Runs `work` while no other process of this machine runs it for the same cache, and gives it an empty scratch folder
 * in the cache. The scratch folders of runs that were killed are removed on the way.
 */
export async function withFetchLock<T>(search: CliSearch, work: (scratchFolder: string) => Promise<T>): Promise<T> {
  const folder = cachedCliFolder(search.cacheFolder);
  await makeFolder(folder);
  const release = await takeLock(folder, search);
  try {
    const abandoned = (await readdir(folder)).filter((name) => name.startsWith(SCRATCH_PREFIX));
    await Promise.all(abandoned.map((name) => removeFolder(join(folder, name))));
    const scratchFolder = await mkdtemp(join(folder, SCRATCH_PREFIX));
    try {
      return await work(scratchFolder);
    } finally {
      await removeFolder(scratchFolder);
    }
  } finally {
    // Rejected only when the lock was lost before, which was told then.
    await release().catch(() => undefined);
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new Error(`The cache folder ${folder} cannot be made. Set XDG_CACHE_HOME to a folder that you may write.`, {
      cause: error,
    });
  }
}

async function takeLock(folder: string, { progress, signal }: CliSearch): Promise<() => Promise<void>> {
  const options = {
    stale: LOCK_STALE_MS,
    // Losing the lock means at worst a second fetch: what is fetched moves into place in one step.
    onCompromised: (error: Error) => progress(`The lock on ${folder} was lost: ${error.message}`),
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await lock(folder, options);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') {
        throw error;
      }
    }
    if (attempt === 1) {
      progress('Temporal CLI: another run is fetching it; waiting for that.');
    }
    await delay(LOCK_RETRY_MS, undefined, { signal });
  }
}

function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
