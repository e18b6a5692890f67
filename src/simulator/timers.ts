import { type Activity } from './activity';

/** Delays that end with the simulator: none outlives `clear`. */
export interface Timers {
  /** Runs the task after the delay, in milliseconds; 0 means as soon as the current work is done. */
  after(delayMs: number, task: () => void): void;
  /** Resolves with true after the delay, in milliseconds, or with false as soon as the timers are cleared. */
  sleep(delayMs: number): Promise<boolean>;
  /** Drops every task that has not run; whoever sleeps wakes up. */
  clear(): void;
}

/** Timers whose pending tasks count as activity. */
export function createTimers(activity: Activity): Timers {
  const pending = new Set<() => void>();

  function start(delayMs: number, task: () => void, onDropped: () => void): void {
    const end = activity.begin();
    const run = (): void => {
      pending.delete(drop);
      task();
      end();
    };
    const stop = delayMs === 0 ? startImmediate(run) : startTimeout(run, delayMs);
    const drop = (): void => {
      stop();
      onDropped();
      end();
    };
    pending.add(drop);
  }

  return {
    after: (delayMs, task) => start(delayMs, task, () => undefined),
    sleep: (delayMs) =>
      new Promise((resolve) =>
        start(
          delayMs,
          () => resolve(true),
          () => resolve(false),
        ),
      ),
    clear() {
      const dropped = [...pending];
      pending.clear();
      for (const drop of dropped) {
        drop();
      }
    },
  };
}

function startImmediate(run: () => void): () => void {
  const immediate = setImmediate(run);
  return () => clearImmediate(immediate);
}

function startTimeout(run: () => void, delayMs: number): () => void {
  const timeout = setTimeout(run, delayMs);
  return () => clearTimeout(timeout);
}
