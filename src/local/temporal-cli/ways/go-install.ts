import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../process/run-command';
import { type WayToFetch } from '../cli-way';
import { TEMPORAL_CLI_GO_VERSION } from '../temporal-release';

/** A build compiles some 1,500 packages and prints the name of each. */
const PACKAGES_PER_LINE = 100;

/**
 * A build from source with Go, whose checksum database vouches for every module. Its caches go into the scratch folder,
 * so that nothing is left elsewhere, unless the environment names a module or build cache.
 */
export const goInstall: WayToFetch = {
  name: `go install of the Temporal CLI ${TEMPORAL_CLI_GO_VERSION}`,
  remedy: 'install Go (https://go.dev/dl) and allow it to reach a module proxy (GOPROXY)',
  version: TEMPORAL_CLI_GO_VERSION,
  try: async ({ environment, progress, signal }, scratchFolder) => {
    const binFolder = join(scratchFolder, 'bin');
    await mkdir(binFolder);
    let packages = 0;
    progress('Temporal CLI: building it with Go takes about three minutes.');
    await runCommand({
      command: 'go',
      args: ['install', '-v', `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_CLI_GO_VERSION}`],
      environment: {
        GOPATH: join(scratchFolder, 'gopath'),
        GOCACHE: join(scratchFolder, 'gocache'),
        ...environment,
        // Go makes its module cache read-only otherwise, and then it cannot be removed.
        GOFLAGS: `${environment['GOFLAGS'] ?? ''} -modcacherw`.trim(),
        GOBIN: binFolder,
      },
      workingFolder: scratchFolder,
      signal,
      onLine: () => {
        packages += 1;
        if (packages % PACKAGES_PER_LINE === 0) {
          progress(`Temporal CLI: ${packages} packages fetched and compiled so far.`);
        }
      },
    });
    return join(binFolder, 'temporal');
  },
};
