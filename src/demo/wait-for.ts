import { setTimeout as pause } from 'node:timers/promises';

/** Often enough for a person who watches, rarely enough for two cores. */
const ASK_EVERY_MS = 50;

export interface WaitOptions {
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

/**
 * Asks again and again until the answer is not undefined.
 * @param what is waited for, for the error.
 * @throws Error when it takes longer than `withinMs`; the reason of `signal` when that is aborted.
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  { withinMs, signal }: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) {
      return answer;
    }
    if (performance.now() > deadline) {
      throw new Error(`waited ${withinMs / 1000} s in vain for ${what}`);
    }
    await pause(ASK_EVERY_MS, undefined, { signal });
  }
}
