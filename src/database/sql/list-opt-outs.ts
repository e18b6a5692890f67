import { type Knex } from 'knex';
import { decodeCursor, encodeCursor } from '../list-cursor';
import { type OptOutFilter, type OptOutPage } from '../opt-out-store';
import { query, type WithoutNulls } from '../rows';
import { OPT_OUT_COLUMNS, type OptOutRow, statementOf } from './opt-out-row';

/** Entries that one page reads at most, however few of them fit: some milliseconds of work. */
const MOST_EXAMINED = 10_000;

interface Row extends Nullable<OptOutRow> {
  readonly id: string | null;
  /** Where reading stopped before the end; both null when it did not. */
  readonly stoppedAt: string | null;
  readonly stoppedId: string | null;
}
type Nullable<T> = { readonly [Key in keyof T]: T[Key] | null };

/**
 * `OptOutStore.list`. Newest first, by keyset along the index of times. A filter that hardly anything fits would walk the whole
 * ledger; it ends after `MOST_EXAMINED` entries instead, with a page that is not full and a cursor.
 */
export async function listOptOuts(knex: Knex, filter: OptOutFilter): Promise<OptOutPage> {
  const { cursor, limit, since } = filter;
  const after = cursor === undefined ? undefined : decodeCursor(cursor, /^\d{1,18}$/);
  const rows = await query<Row>(knex, statement(filter), {
    ...bindingsOf(filter),
    ...(since !== undefined && { since }),
    ...after,
    limit: limit + 1,
    mostExamined: MOST_EXAMINED,
  });
  const found = rows.filter((row): row is FoundRow => row.id !== null);
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  const optOuts = entries.map(toStatement);
  if (found.length > limit && last !== undefined) {
    return { optOuts, nextCursor: encodeCursor(last) };
  }
  const [first] = rows;
  const { stoppedAt: at = null, stoppedId: id = null } = first ?? {};
  return at === null || id === null ? { optOuts } : { optOuts, nextCursor: encodeCursor({ at, id }) };
}

/** Without the columns that are about the page. */
function toStatement({ address, sender, channel, category, optedOut, source, evidence, actor, reason, at }: FoundRow) {
  return statementOf({ address, sender, channel, category, optedOut, source, evidence, actor, reason, at });
}

type FoundRow = OptOutRow & Pick<Row, 'stoppedAt' | 'stoppedId'> & WithoutNulls<{ readonly id: string }>;

function statement({ cursor, since, ...filter }: OptOutFilter): string {
  const range = [
    'true',
    ...(since === undefined ? [] : ['opt_outs.at >= cast(:since as timestamptz)']),
    ...(cursor === undefined
      ? []
      : ['(opt_outs.at, opt_outs.opt_out_id) < (cast(:at as timestamptz), cast(:id as bigint))']),
  ];
  return `
    with examined as (
      select * from opt_outs
      where ${range.join(' and ')}
      order by opt_outs.at desc, opt_outs.opt_out_id desc
      limit :mostExamined
    ), stopped as (
      select at, opt_out_id from examined order by at desc, opt_out_id desc offset :mostExamined - 1 limit 1
    ), fitting as (
      select * from examined as entry
      where ${['true', ...conditionsOf(filter)].join(' and ')}
      order by entry.at desc, entry.opt_out_id desc
      limit :limit
    )
    select ${OPT_OUT_COLUMNS}, cast(entry.opt_out_id as text) as "id",
      stopped.at as "stoppedAt", cast(stopped.opt_out_id as text) as "stoppedId"
    from (select) as always
    left join stopped on true
    left join fitting as entry on true
    order by entry.at desc, entry.opt_out_id desc`;
}

const SCOPE_PARTS = ['sender', 'channel', 'category'] as const;

function conditionsOf({ optedOut, source, ...scope }: Pick<OptOutFilter, 'optedOut' | 'source' | ScopePart>): string[] {
  return [
    ...(optedOut === undefined ? [] : ['entry.opted_out = cast(:optedOut as boolean)']),
    ...(source === undefined ? [] : ['entry.source = :source']),
    ...SCOPE_PARTS.filter((part) => scope[part] !== undefined).map((part) =>
      scope[part] === null ? `entry.${part} is null` : `entry.${part} = :${part}`,
    ),
  ];
}

type ScopePart = (typeof SCOPE_PARTS)[number];

function bindingsOf({ optedOut, source, sender, channel, category }: OptOutFilter): Record<string, string | boolean> {
  const bindings = Object.entries({ optedOut, source, sender, channel, category });
  return Object.fromEntries(
    bindings.filter((entry): entry is [string, string | boolean] => entry[1] !== undefined && entry[1] !== null),
  );
}
