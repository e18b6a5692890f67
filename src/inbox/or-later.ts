import { DatabaseUnavailableError } from '../database/database-error';
import { type Logger } from '../telemetry/logger';

export interface OrLaterOptions<Item, Result> {
  /** Has the item kept elsewhere until the database is back. */
  readonly later: (item: Item) => Promise<Result>;
  readonly logger: Logger;
}

/**
 * Does `work`; while the database cannot be reached, has the item kept elsewhere instead.
 * @throws what `work` threw, when the item could not be kept either.
 */
export function orLater<Item, Result>(
  work: (item: Item) => Promise<Result>,
  { later, logger }: OrLaterOptions<Item, Result>,
): (item: Item) => Promise<Result> {
  return async (item) => {
    try {
      return await work(item);
    } catch (cause) {
      if (!(cause instanceof DatabaseUnavailableError)) {
        throw cause;
      }
      const result = await later(item).catch((error: unknown) => {
        logger.warn(
          { err: error },
          'a webhook could not be kept: Postgres cannot be reached, and Temporal did not take it',
        );
        throw cause;
      });
      logger.warn({ err: cause }, 'Postgres cannot be reached: Temporal keeps a webhook until it is back');
      return result;
    }
  };
}
