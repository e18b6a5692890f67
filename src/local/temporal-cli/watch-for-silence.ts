import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How a folder is watched. */
export interface SilenceOptions {
  /** Milliseconds between two looks. */
  readonly lookEveryMs: number;
  /** Milliseconds without a change of size after which the wait is given up. */
  readonly silenceMs: number;
  /** Told the size of the folder's files, in bytes, at each look. */
  readonly onLook: (bytes: number) => void;
}

/** A watch on a folder that something is downloaded into. */
export interface SilenceWatch {
  /** Aborted when nothing has arrived for too long. */
  readonly signal: AbortSignal;
  stop(): void;
}

/**
 * Watches the size of the files in a folder. Where downloads are closed nothing ever arrives, while a slow line may take
 * as long as something does; a limit on the whole time could not tell one from the other.
 */
export function watchForSilence(folder: string, { lookEveryMs, silenceMs, onLook }: SilenceOptions): SilenceWatch {
  const controller = new AbortController();
  let bytes = 0;
  let changedAt = performance.now();
  const look = async (): Promise<void> => {
    const bytesNow = await bytesIn(folder);
    onLook(bytesNow);
    if (bytesNow !== bytes) {
      bytes = bytesNow;
      changedAt = performance.now();
    } else if (performance.now() - changedAt >= silenceMs) {
      controller.abort(new Error(`nothing arrived for ${silenceMs / 1000} s`));
    }
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map((name) => sizeOf(join(folder, name)).catch(() => 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path)).size;
}
