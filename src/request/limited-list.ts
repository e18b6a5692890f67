import { z } from 'zod';
import { expectation } from './expectation';

/**
 * A list with a limit. Unlike zod's own `max`, the limit does not keep the entries and the rules around the list from being checked.
 * @param tooMany the message for a list that is longer than `limit`.
 */
export function limitedList<Entry extends z.ZodType>(
  entry: Entry,
  list: { readonly what: string; readonly limit: number; readonly tooMany: string },
): z.ZodArray<Entry> {
  return z.array(entry, { error: expectation(list.what) }).superRefine(
    (entries: unknown, context) => {
      if (Array.isArray(entries) && entries.length > list.limit) {
        context.addIssue({ code: 'custom', message: list.tooMany });
      }
    },
    { when: () => true },
  );
}
