import { sleep } from '@temporalio/activity';

/** How fast a list is worked off. */
export interface Pace {
  /** Items under way at once. */
  readonly lanes: number;
  /** The shortest time from one item to the next in a lane, in milliseconds. */
  readonly everyMs: number;
}

/**
 * Works items off, a few at once and no faster than the pace. After a failure nothing more is begun.
 * @throws the first failure, once what was under way has ended.
 */
export async function inLanes<Item>(
  items: readonly Item[],
  { everyMs, lanes }: Pace,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const failures: unknown[] = [];
  const run = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await Promise.all([work(item), sleep(everyMs)]);
      } catch (error) {
        failures.push(error);
        waiting.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, run));
  if (failures.length > 0) {
    throw failures[0];
  }
}
