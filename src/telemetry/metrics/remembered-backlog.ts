import { type Backlog } from '../../database/sql/backlog';

/** How long what was read counts, in milliseconds: three gauges, and the scrapes of several observers, cost one look at the database. */
const FRESH_FOR_MS = 5_000;

/**
 * What waits in the database, as it was a moment ago; undefined while the database cannot be asked.
 * @param now milliseconds since 1970.
 */
export function rememberedBacklog(
  readBacklog: () => Promise<Backlog>,
  now: () => number,
): () => Promise<Backlog | undefined> {
  let reading: { readonly backlog: Promise<Backlog | undefined>; readonly atMs: number } | undefined;
  return function backlogNow() {
    if (reading === undefined || now() - reading.atMs >= FRESH_FOR_MS) {
      reading = { backlog: readBacklog().catch(() => undefined), atMs: now() };
    }
    return reading.backlog;
  };
}
