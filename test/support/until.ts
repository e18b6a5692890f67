import { setTimeout as pause } from 'node:timers/promises';

const ASK_EVERY_MS = 10;

/**
 * Waits until `read` gives something else than undefined or false.
 * @throws Error that says what was waited for, after `withinMs`.
 */
export async function until<T>(
  what: string,
  read: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== false) {
      return value;
    }
    if (performance.now() > deadline) {
      throw new Error(`waited ${withinMs} ms in vain for ${what}`);
    }
    await pause(ASK_EVERY_MS);
  }
}
