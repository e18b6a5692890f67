import { type Knex } from 'knex';
import { decodeCursor, encodeCursor } from '../list-cursor';
import { query } from '../rows';
import { type SuppressionFilter, type SuppressionPage } from '../suppression-store';
import { SUPPRESSION_COLUMNS, type SuppressionRow, suppressionOf } from './suppression-row';

const SQL = (isLaterPage: boolean): string => `
  select ${SUPPRESSION_COLUMNS}, cast(suppressions.suppression_id as text) as "id"
  from suppressions
  where suppressions.lifted_at is null and suppressions.until > now()
    and (cast(:channel as text) is null or suppressions.channel = :channel)
    and (cast(:errorCode as integer) is null or suppressions.error_code = cast(:errorCode as integer))
    ${isLaterPage ? 'and (suppressions.since, suppressions.suppression_id) < (cast(:at as timestamptz), cast(:id as bigint))' : ''}
  order by suppressions.since desc, suppressions.suppression_id desc
  limit :limit`;

/** `SuppressionStore.list`: keyset pages along the index of times. */
export async function listSuppressions(knex: Knex, filter: SuppressionFilter): Promise<SuppressionPage> {
  const { channel, cursor, errorCode, limit } = filter;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, /^\d{1,18}$/);
  const rows = await query<SuppressionRow & { readonly id: string }>(knex, SQL(after !== undefined), {
    channel: channel ?? null,
    errorCode: errorCode ?? null,
    ...after,
    limit: limit + 1,
  });
  const entries = rows.slice(0, limit);
  const last = entries.at(-1);
  const suppressions = entries.map(suppressionOf);
  return rows.length > limit && last !== undefined
    ? { suppressions, nextCursor: encodeCursor({ at: last.since, id: last.id }) }
    : { suppressions };
}
