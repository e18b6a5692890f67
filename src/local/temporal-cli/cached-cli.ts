import { access, constants, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type WayAtHand } from './cli-way';
import { cachedVersions } from './temporal-release';

/** The part of the cache that holds Temporal command lines. */
export function cachedCliFolder(cacheFolder: string): string {
  return join(cacheFolder, 'temporal-cli');
}

/** Where a fetched Temporal command line of this version is kept. */
export function cachedCliPath(cacheFolder: string, version: string): string {
  return join(cachedCliFolder(cacheFolder), version, 'temporal');
}

/** A copy that an earlier run fetched. */
export const cachedCopy: WayAtHand = {
  name: 'copy cached by an earlier run',
  remedy: 'nothing to do: it appears with the first fetch that works',
  try: async ({ cacheFolder }) => {
    for (const version of cachedVersions) {
      const path = cachedCliPath(cacheFolder, version);
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) {
        return path;
      }
    }
    throw new Error(`there is none in ${cacheFolder}`);
  },
};

/** Moves a fetched executable into the cache in one step, so that nobody ever sees half of it; returns its path there. */
export async function keepInCache(executable: string, cacheFolder: string, version: string): Promise<string> {
  const path = cachedCliPath(cacheFolder, version);
  await mkdir(dirname(path), { recursive: true });
  await rename(executable, path);
  return path;
}
