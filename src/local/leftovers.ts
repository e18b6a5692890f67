import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, sep } from 'node:path';
import { type Progress } from './progress';
import { OWNER_FILE, RUN_FOLDER_PREFIX, type RunFolderOwner } from './run-folder';

/**
 * Clears away what dead runs left in `temporaryFolder`: their run folders, and (where /proc tells) servers that still
 * work in one. That happens only when a run and its guards were killed together; otherwise the guards clear up.
 *
 * A folder counts as left over when its owner is a process of this host that no longer runs. Folders that are not ours
 * to touch, or that somebody else is clearing at this moment, are passed over.
 */
export async function removeLeftovers(temporaryFolder: string, progress: Progress): Promise<void> {
  const names = await readdir(temporaryFolder);
  for (const name of names.filter((each) => each.startsWith(RUN_FOLDER_PREFIX))) {
    const folder = join(temporaryFolder, name);
    if (await isLeftOver(folder)) {
      await removeLeftover(folder, progress);
    }
  }
}

async function isLeftOver(folder: string): Promise<boolean> {
  try {
    const owner = JSON.parse(await readFile(join(folder, OWNER_FILE), 'utf8')) as RunFolderOwner;
    return owner.host === hostname() && !(await isRunning(owner.processId));
  } catch {
    // Not readable by us, or still being made: not for us to judge.
    return false;
  }
}

async function removeLeftover(folder: string, progress: Progress): Promise<void> {
  try {
    (await processesIn(folder)).forEach((processId) => process.kill(processId, 'SIGKILL'));
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    progress(`Removed what a run that was killed had left in ${folder}.`);
  } catch (error) {
    progress(`${folder} is left from a run that was killed and could not be removed: ${String(error)}`);
  }
}

async function isRunning(processId: number): Promise<boolean> {
  try {
    process.kill(processId, 0);
  } catch (error) {
    // EPERM: it runs, under another account.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // In a container without an init process the dead stay in the process table: state Z, after the name in brackets.
  const stat = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => '');
  return !/\) Z /.test(stat);
}

/** Processes whose working folder lies in `folder`; none where the system has no /proc. */
async function processesIn(folder: string): Promise<readonly number[]> {
  const processIds = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    processIds.map(async (processId) => {
      const workingFolder = await readlink(`/proc/${processId}/cwd`).catch(() => '');
      return `${workingFolder}${sep}`.startsWith(`${folder}${sep}`) ? [Number(processId)] : [];
    }),
  );
  return found.flat();
}
