/** Who causes a round trip: one message, the making of a connection, or a task that looks by the clock whatever is sent. */
export type TripCause = 'message' | 'connection' | 'clock';

/** A knex pool asks this of each new connection. */
const CONNECTION_START = /^\s*select version\(\)/i;
/** The relay's look for receipts that are due. */
const QUEUE_LOOK = /for update\s[^;]*skip locked/i;

export function causeOfTrip(sql: string): TripCause {
  if (CONNECTION_START.test(sql)) {
    return 'connection';
  }
  return QUEUE_LOOK.test(sql) ? 'clock' : 'message';
}

const WRITE = /\b(?:insert into|update|delete from)\s+(?!(?:set|of)\b)([a-z_]+)/gi;
const READ = /\bfrom\s+([a-z_]+)/i;

/** A statement in few words: the tables that it writes, otherwise the first that it reads. */
export function labelOfTrip(sql: string): string {
  const written = [...new Set([...sql.matchAll(WRITE)].map(([, table = '']) => table))];
  if (written.length > 0) {
    return `write ${written.join(' + ')}`;
  }
  const [, read] = READ.exec(sql) ?? [];
  return read === undefined ? sql.trim() : `read ${read}`;
}
