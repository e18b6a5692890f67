import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Start of the name of every folder that a local server lives in. */
export const RUN_FOLDER_PREFIX = 'posthorn-run-';

/** File in a run folder that says whose it is. */
export const OWNER_FILE = 'owner.json';

/** Who made a run folder. Process ids mean something only on the host, or in the container, they come from. */
export interface RunFolderOwner {
  readonly host: string;
  readonly processId: number;
}

/** A folder for the files of one server, gone when the server has stopped. */
export interface RunFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Makes a new run folder in `temporaryFolder`. Other accounts may pass through it but not list it, because Postgres
 * runs as another account when we are root.
 */
export async function createRunFolder(temporaryFolder: string): Promise<RunFolder> {
  const path = await mkdtemp(join(temporaryFolder, RUN_FOLDER_PREFIX));
  const owner: RunFolderOwner = { host: hostname(), processId: process.pid };
  await writeFile(join(path, OWNER_FILE), JSON.stringify(owner));
  await chmod(path, 0o711);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }) };
}
