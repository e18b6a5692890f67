import { setTimeout as pause } from 'node:timers/promises';

/**
 * Does something again and again until the signal says stop, with a pause before each time. Resolves when it has ended.
 * @param pauseMs asked before each time, in milliseconds.
 */
export async function repeat(
  pauseMs: () => number,
  signal: AbortSignal,
  work: () => Promise<void> | void,
): Promise<void> {
  for (;;) {
    await waitFor(pauseMs(), signal);
    if (signal.aborted) {
      return;
    }
    await work();
  }
}

/** Waits so many milliseconds, or until the signal says stop. */
export async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}
