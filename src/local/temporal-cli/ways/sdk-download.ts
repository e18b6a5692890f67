import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../process/run-command';
import { assertSha256 } from '../checksum';
import { type WayToFetch } from '../cli-way';
import { TEMPORAL_CLI_VERSION, temporalBuildFor } from '../temporal-release';
import { watchForSilence } from '../watch-for-silence';

const SILENCE_MS = 20_000;

const LOOK_EVERY_MS = 5000;

const BYTES_PER_MEGABYTE = 1_000_000;

/**
 * Source of the program that lets the SDK download. The only public way to do so is to start its test environment;
 * whether that comes up in the five seconds the SDK allows does not matter, the downloaded file does.
 */
const downloadProgram = `
const [testingPackage, downloadDir, version] = process.argv.slice(1);
const { TestWorkflowEnvironment } = require(testingPackage);
TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir, version } } })
  .then((environment) => environment.teardown())
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
`;

/** The download that @temporalio/testing does by itself, from temporal.download, of the pinned release. */
export const sdkDownload: WayToFetch = {
  name: "the SDK's own download",
  remedy: 'allow HTTPS to temporal.download (HTTPS_PROXY is respected)',
  version: TEMPORAL_CLI_VERSION,
  try: async (search, scratchFolder) => {
    const build = temporalBuildFor(`${process.platform}-${process.arch}`);
    const testingPackage = resolveTestingPackage();
    const silence = watchForSilence(scratchFolder, {
      silenceMs: SILENCE_MS,
      lookEveryMs: LOOK_EVERY_MS,
      onLook: (bytes) =>
        search.progress(`Temporal CLI: ${(bytes / BYTES_PER_MEGABYTE).toFixed(0)} MB unpacked so far.`),
    });
    const { environment } = search;
    try {
      await runCommand({
        command: process.execPath,
        args: ['--eval', downloadProgram, testingPackage, scratchFolder, `v${TEMPORAL_CLI_VERSION}`],
        environment,
        workingFolder: scratchFolder,
        signal: AbortSignal.any([search.signal, silence.signal]),
      });
    } catch (error) {
      if ((await downloadedFile(scratchFolder)) === undefined) {
        throw error;
      }
    } finally {
      silence.stop();
    }
    const executable = await downloadedFile(scratchFolder);
    if (executable === undefined) {
      throw new Error('the SDK ended without a downloaded file');
    }
    await assertSha256(executable, build.executableSha256);
    return executable;
  },
};

function resolveTestingPackage(): string {
  try {
    return require.resolve('@temporalio/testing');
  } catch {
    throw new Error('the package @temporalio/testing is not installed');
  }
}

/** The SDK downloads to `<name>.downloading` and renames the file when it is complete. */
async function downloadedFile(folder: string): Promise<string | undefined> {
  const name = (await readdir(folder)).find((each) => !each.endsWith('.downloading'));
  return name === undefined ? undefined : join(folder, name);
}
