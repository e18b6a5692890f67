import { type Knex } from 'knex';
import { decodeCursor, encodeCursor } from '../list-cursor';
import { type MessageFilter, type MessagePage } from '../message-store';
import { query, withoutNulls } from '../rows';
import { SUMMARY_COLUMNS, type SummaryRow } from './message-summary';

/** `MessageStore.list`. Newest first, by keyset: a page costs the same however far back it is. */
export async function listMessages(knex: Knex, filter: MessageFilter): Promise<MessagePage> {
  const { tenant, status, outcome, since, cursor, limit } = filter;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, /^\S+$/);
  const rows = await query<SummaryRow>(knex, statement(filter), {
    tenant,
    limit: limit + 1,
    ...(status !== undefined && { status }),
    ...(outcome !== undefined && { outcome }),
    ...(since !== undefined && { since }),
    ...after,
  });
  const messages = rows.slice(0, limit).map(withoutNulls);
  const last = messages.at(-1);
  return rows.length > limit && last !== undefined
    ? { messages, nextCursor: encodeCursor({ at: last.createdAt, id: last.messageId }) }
    : { messages };
}

/** `closed_at` says again what status and outcome imply, so that the partial indexes can be used. */
function statement({ isDead, status, outcome, since, cursor }: MessageFilter): string {
  const conditions = [
    'messages.tenant = :tenant',
    ...(status === undefined ? [] : ['messages.status = :status']),
    ...(status === undefined || status === 'closed' ? [] : ['messages.closed_at is null']),
    ...(outcome === undefined ? [] : ["messages.outcome ->> 'kind' = :outcome"]),
    ...(isDead === true ? ["(messages.outcome ->> 'dead') is not null"] : []),
    ...(outcome === undefined && status !== 'closed' ? [] : ['messages.closed_at is not null']),
    ...(since === undefined ? [] : ['messages.created_at >= cast(:since as timestamptz)']),
    ...(cursor === undefined ? [] : ['(messages.created_at, messages.message_id) < (cast(:at as timestamptz), :id)']),
  ];
  return `
    select ${SUMMARY_COLUMNS}
    from messages
    where ${conditions.join(' and ')}
    order by messages.created_at desc, messages.message_id desc
    limit :limit`;
}
