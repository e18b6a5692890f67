import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** Waits until `holds` is true; fails with `what` after `withinMs` milliseconds. */
export async function until(what: string, withinMs: number, holds: () => Promise<boolean> | boolean): Promise<void> {
  const startedAt = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedAt > withinMs) {
      throw new Error(`Not within ${withinMs} ms: ${what}.`);
    }
    await delay(LOOK_EVERY_MS);
  }
}
