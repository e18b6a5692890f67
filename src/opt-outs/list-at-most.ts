import { type OptOutFilter, type OptOutStatement, type OptOutStore } from '../database/opt-out-store';

/** Entries of one statement at most. */
const PAGE = 200;

/** Follows the pages of a list until there are `limit` entries, or no more. */
export async function listAtMost(
  optOuts: Pick<OptOutStore, 'list'>,
  { limit, ...filter }: OptOutFilter,
): Promise<OptOutStatement[]> {
  const found: OptOutStatement[] = [];
  let cursor = filter.cursor;
  do {
    const page = await optOuts.list({
      ...filter,
      limit: Math.min(PAGE, limit - found.length),
      ...(cursor !== undefined && { cursor }),
    });
    found.push(...page.optOuts);
    cursor = page.nextCursor;
  } while (cursor !== undefined && found.length < limit);
  return found;
}
