import { type Knex } from 'knex';
import { nextLateReadAfterMs } from '../../domain/late-reads';
import { query } from '../rows';
import { type LateMessage } from '../sweep-store';

/** What has no next read, an empty text here, is done with. */
const SQL = `
  update messages set late_read_due_at = messages.closed_at + make_interval(secs => cast(nullif(read.next_seconds, '') as double precision))
  from unnest(cast(:messageIds as text[]), cast(:nextSeconds as text[])) as read (message_id, next_seconds)
  where messages.message_id = read.message_id`;

/** `SweepStore.recordLateReads`. */
export async function recordLateReads(knex: Knex, messages: readonly LateMessage[]): Promise<void> {
  if (messages.length > 0) {
    const messageIds = messages.map(({ messageId }) => messageId);
    await query(knex, SQL, { messageIds, nextSeconds: messages.map(nextSeconds) });
  }
}

/** Seconds since the end of the message. After the last read, and when nothing was left to read, there is no next one. */
function nextSeconds({ attempts, sinceCloseMs }: LateMessage): string {
  const nextMs = attempts.length === 0 ? undefined : nextLateReadAfterMs(sinceCloseMs);
  return nextMs === undefined ? '' : String(nextMs / 1000);
}
