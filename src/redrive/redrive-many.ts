import { type DeadFilter, type DeadLetterStore } from '../database/dead-letter-store';
import { redriveMessage, type RedriveDependencies, type RedriveResult } from './redrive-message';

/** Dead messages that are read at once, and redriven at once: a redrive waits for Postgres and Temporal most of the time. */
const PAGE = 100;
const AT_ONCE = 10;

export interface RedriveManyDependencies extends RedriveDependencies {
  readonly deadLetters: Pick<DeadLetterStore, 'reopen' | 'list'>;
}

/**
 * Redrives every dead message that the filter finds, oldest first. One that dies again meanwhile is not redriven twice.
 * @param report is told of each message.
 */
export async function redriveMany(
  deps: RedriveManyDependencies,
  filter: DeadFilter,
  by: string,
  report: (result: RedriveResult) => void,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await deps.deadLetters.list(filter, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    for (let first = 0; first < page.messages.length; first += AT_ONCE) {
      const some = page.messages.slice(first, first + AT_ONCE);
      const results = await Promise.all(some.map(({ messageId }) => redriveMessage(deps, { messageId, by })));
      results.forEach(report);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
