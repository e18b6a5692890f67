import { type Knex } from 'knex';
import { isoTime, query } from '../rows';
import { type LateAttempt, type LateMessage } from '../sweep-store';
import { IS_UNDECIDED, isLostFromSight, UNDECIDED_BINDINGS } from './undecided-attempt';

interface Row {
  readonly messageId: string;
  readonly sinceCloseMs: number;
  readonly attempts: readonly (Omit<LateAttempt, 'messageSid'> & {
    readonly messageSid: LateAttempt['messageSid'] | null;
  })[];
}

/** A message that is open again has nothing to be read late. */
const SQL = `
  with due as (
    select messages.message_id, messages.closed_at
    from messages
    where messages.late_read_due_at <= now()
    order by messages.late_read_due_at
    limit :limit
  )
  select due.message_id as "messageId",
    cast(coalesce(extract(epoch from now() - due.closed_at) * 1000, 0) as double precision) as "sinceCloseMs", late.attempts
  from due
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('attempt', attempts.number, 'conversationSid', attempts.conversation_sid,
      'messageSid', attempts.message_sid, 'startedAt', attempts.started_at) order by attempts.number), '[]') as attempts
    from attempts
    where attempts.message_id = due.message_id and due.closed_at is not null
      and ((${IS_UNDECIDED}) or (${isLostFromSight('attempts.result')}))
  ) late`;

/** `SweepStore.lateMessages`. */
export async function lateMessages(knex: Knex, limit: number): Promise<LateMessage[]> {
  const rows = await query<Row>(knex, SQL, { limit, ...UNDECIDED_BINDINGS });
  return rows.map(({ attempts, ...row }) => ({
    ...row,
    attempts: attempts.map(({ messageSid, startedAt, ...attempt }) => ({
      ...attempt,
      startedAt: isoTime(startedAt),
      ...(messageSid !== null && messageSid !== undefined && { messageSid }),
    })),
  }));
}
