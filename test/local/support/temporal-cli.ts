import { cacheFolder } from '../../../src/local/cache-folder';
import { findTemporalCli } from '../../../src/local/temporal-cli/find-temporal-cli';
import { type TemporalCli } from '../../../src/local/temporal-cli/temporal-cli';
import { temporalCliWays } from '../../../src/local/temporal-cli/temporal-cli-ways';

/** The Temporal command line that tests use: whatever is at hand, otherwise fetched into the cache once. */
export function temporalCliForTests(): Promise<TemporalCli> {
  return findTemporalCli(
    {
      environment: process.env,
      cacheFolder: cacheFolder(process.env),
      progress: () => undefined,
      signal: new AbortController().signal,
    },
    temporalCliWays,
  );
}
