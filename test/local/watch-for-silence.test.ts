import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { watchForSilence } from '../../src/local/temporal-cli/watch-for-silence';
import { withTemporaryFolder } from './support/temporary-folder';
import { until } from './support/until';

test('it gives up when nothing arrives any more, and not while something does', () =>
  withTemporaryFolder(async (folder) => {
    const sizes: number[] = [];
    let isArriving = true;
    const watch = watchForSilence(folder, {
      lookEveryMs: 10,
      silenceMs: 200,
      onLook: (bytes) => {
        sizes.push(bytes);
        if (isArriving) {
          void appendFile(join(folder, 'file'), 'x');
        }
      },
    });
    try {
      await until('more looks than silence would allow', 5000, () => sizes.length > 40);
      expect(watch.signal.aborted).toBe(false);
      isArriving = false;
      await until('it gives up', 5000, () => watch.signal.aborted);
      expect(String(watch.signal.reason)).toBe('Error: nothing arrived for 0.2 s');
    } finally {
      watch.stop();
    }
  }));
