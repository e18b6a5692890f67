import { type Activity } from './activity';

/** Delays that end with the simulator: none outlives `clear`. */
export interface Timers {
  /** Runs the task after the delay, in milliseconds; 0 means as soon as the current work is done. */
  after(delayMs: number, task: () => void): void;
  /**
   * Resolves with true after the delay, in milliseconds, or with false as soon as the timers are cleared or the signal is
   * aborted.
   */
  sleep(delayMs: number, signal?: AbortSignal): Promise<boolean>;
  /** Drops every task that has not run; whoever sleeps wakes up. */
  clear(): void;
}

/** Timers whose pending tasks count as activity. */
export function createTimers(activity: Activity): Timers {
  const pending = new Set<() => void>();

  /** @returns drops the task, if it has not run */
  function start(delayMs: number, task: () => void, onDropped: () => void): () => void {
    const end = activity.begin();
    const run = (): void => {
      pending.delete(drop);
      task();
      end();
    };
    const stop = delayMs === 0 ? startImmediate(run) : startTimeout(run, delayMs);
    const drop = (): void => {
      pending.delete(drop);
      stop();
      onDropped();
      end();
    };
    pending.add(drop);
    return drop;
  }

  function sleep(delayMs: number, signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve(false);
        return;
      }
      const wake = (isOver: boolean): void => {
        signal?.removeEventListener('abort', drop);
        resolve(isOver);
      };
      const drop = start(
        delayMs,
        () => wake(true),
        () => wake(false),
      );
      signal?.addEventListener('abort', drop, { once: true });
    });
  }

  return {
    after: (delayMs, task) => void start(delayMs, task, () => undefined),
    sleep,
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
