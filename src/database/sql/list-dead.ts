import { type Knex } from 'knex';
import { type DeadFilter, type DeadMessage, type DeadPage } from '../dead-letter-store';
import { decodeCursor, encodeCursor } from '../list-cursor';
import { query, queryOne } from '../rows';

/** `DeadLetterStore.list`. Oldest first, by keyset, so that what dies again while a list is worked off is not met again. */
export async function listDead(
  knex: Knex,
  filter: DeadFilter,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<DeadPage> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, /^\S+$/);
  const conditions = [
    ...conditionsOf(filter),
    ...(after === undefined ? [] : ['(messages.created_at, messages.message_id) > (cast(:at as timestamptz), :id)']),
  ];
  const sql = `
    select messages.message_id as "messageId", messages.tenant as "tenant", messages.outcome as "outcome",
      messages.created_at as "createdAt"
    from messages
    where ${conditions.join(' and ')}
    order by messages.created_at, messages.message_id
    limit :limit`;
  const rows = await query<DeadMessage>(knex, sql, { ...bindingsOf(filter), ...after, limit: limit + 1 });
  const messages = rows.slice(0, limit);
  const last = messages.at(-1);
  return rows.length > limit && last !== undefined
    ? { messages, nextCursor: encodeCursor({ at: last.createdAt, id: last.messageId }) }
    : { messages };
}

/** `DeadLetterStore.count`. */
export async function countDead(knex: Knex, filter: DeadFilter): Promise<number> {
  const sql = `select cast(count(*) as integer) as "count" from messages where ${conditionsOf(filter).join(' and ')}`;
  const { count } = await queryOne<{ readonly count: number }>(knex, sql, bindingsOf(filter));
  return count;
}

function conditionsOf({ cause, errorClass, since, tenant }: DeadFilter): string[] {
  return [
    "(messages.outcome ->> 'dead') is not null",
    ...(tenant === undefined ? [] : ['messages.tenant = :tenant']),
    ...(since === undefined ? [] : ['messages.created_at >= cast(:since as timestamptz)']),
    ...(cause === undefined ? [] : ["messages.outcome ->> 'dead' = :cause"]),
    ...(errorClass === undefined ? [] : ["messages.outcome ->> 'errorClass' = :errorClass"]),
  ];
}

function bindingsOf({ cause, errorClass, since, tenant }: DeadFilter): Record<string, string> {
  return {
    ...(tenant !== undefined && { tenant }),
    ...(since !== undefined && { since }),
    ...(cause !== undefined && { cause }),
    ...(errorClass !== undefined && { errorClass }),
  };
}
