import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A Temporal command line that runs here; it contains the dev server. */
export interface TemporalCli {
  /** Absolute path, or a name that the system finds on PATH. */
  readonly path: string;
  /** Such as `1.9.1`. */
  readonly version: string;
  /** Name of the way it was found by. */
  readonly way: string;
}

/** Milliseconds that `temporal --version` may take; it needs about 50. */
const VERSION_WITHIN_MS = 15_000;

/**
 * Runs `<path> --version` and returns the version it tells.
 *
 * @throws Error when it does not run or is not the Temporal command line.
 */
export async function temporalCliVersion(path: string): Promise<string> {
  const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: VERSION_WITHIN_MS, env: {} });
  const version = /^temporal version (\S+)/.exec(stdout)?.[1];
  if (version === undefined) {
    throw new Error(`${path} is not the Temporal command line: for --version it printed "${stdout.trim()}".`);
  }
  return version;
}
