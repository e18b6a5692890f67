import { access, constants } from 'node:fs/promises';
import { platform } from 'node:os';
import { delimiter, join } from 'node:path';
import { type WayAtHand } from '../cli-way';

/** `temporal` in one of the folders of PATH. */
export const onPath: WayAtHand = {
  name: 'temporal on PATH',
  remedy: 'install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal --version` works',
  try: async ({ environment }) => {
    const executable = platform() === 'win32' ? 'temporal.exe' : 'temporal';
    for (const folder of (environment['PATH'] ?? '').split(delimiter).filter(Boolean)) {
      const path = join(folder, executable);
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) {
        return path;
      }
    }
    throw new Error('no folder of PATH has it');
  },
};
