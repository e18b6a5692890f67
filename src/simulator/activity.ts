import { setImmediate } from 'node:timers/promises';

/** Counts what is under way, so that a caller can wait until nothing is. */
export interface Activity {
  /** Notes that something began. @returns what to call, once, when it has ended. */
  begin(): () => void;
  /** Resolves when nothing is under way, at once when that is already so. */
  whenIdle(): Promise<void>;
}

/** An activity counter of its own. */
export function createActivity(): Activity {
  let underWay = 0;
  let waiting: (() => void)[] = [];

  function end(): void {
    underWay -= 1;
    if (underWay === 0) {
      const resolved = waiting;
      waiting = [];
      for (const resolve of resolved) {
        resolve();
      }
    }
  }

  return {
    begin() {
      underWay += 1;
      let ended = false;
      return () => {
        if (!ended) {
          ended = true;
          end();
        }
      };
    },
    async whenIdle() {
      do {
        if (underWay > 0) {
          await new Promise<void>((resolve) => waiting.push(resolve));
        }
        // What has just ended may be about to begin its next part: let it, then look again.
        await setImmediate();
      } while (underWay > 0);
    },
  };
}
