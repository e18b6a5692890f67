/** How work is put together. */
export interface CoalesceOptions {
  /** Items of one run. */
  readonly mostItems: number;
  /** Runs at once; what comes meanwhile waits for the next. */
  readonly mostRuns: number;
  /** Whether one item may be to blame for the failure of a run: then each of its items is tried alone. */
  readonly isOneToBlame: (error: unknown) => boolean;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

type Work<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>;

/**
 * Does `work` on one item at once while little is going on, and on all that has come meanwhile when there is much.
 * An item never waits for more than the runs before it.
 * @param work gives one result for each item, in their order.
 */
export function coalesce<Item, Result>(
  work: Work<Item, Result>,
  options: CoalesceOptions,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let runs = 0;
  const run = async (): Promise<void> => {
    runs += 1;
    while (waiting.length > 0) {
      await settle(waiting.splice(0, options.mostItems), work, options.isOneToBlame);
    }
    runs -= 1;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (runs < options.mostRuns) {
        void run();
      }
    });
}

async function settle<Item, Result>(
  batch: readonly Waiting<Item, Result>[],
  work: Work<Item, Result>,
  isOneToBlame: CoalesceOptions['isOneToBlame'],
): Promise<void> {
  try {
    const results = await work(batch.map(({ item }) => item));
    batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
  } catch (error) {
    if (batch.length > 1 && isOneToBlame(error)) {
      await Promise.all(batch.map((one) => settle([one], work, isOneToBlame)));
    } else {
      batch.forEach(({ reject }) => reject(error));
    }
  }
}
