import { createHash } from 'node:crypto';
import { type Knex } from 'knex';

type NullKeys<Row> = { [Key in keyof Row]: null extends Row[Key] ? Key : never }[keyof Row];

/** A row with its nulls taken out: what may be null becomes what may be absent. */
export type WithoutNulls<Row> = Omit<Row, NullKeys<Row>> & { [Key in NullKeys<Row>]?: NonNullable<Row[Key]> };

/** Leaves out what is null, as the domain says absent and not null. */
export function withoutNulls<Row extends object>(row: Row): WithoutNulls<Row> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as WithoutNulls<Row>;
}

/**
 * A time as Postgres writes it, alone or inside JSON, as ISO 8601 in UTC with milliseconds.
 * Postgres shortens the offset to hours (`+00`), which `Date` refuses.
 */
export function isoTime(text: string): string {
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();
}

/**
 * Runs one statement with named bindings (`:name`) and gives its rows. It is prepared under a name, once for each
 * connection: planning one of posthorn's statements takes Postgres several times as long as running it.
 */
export async function query<Row>(
  knex: Knex,
  sql: string,
  bindings: Readonly<Record<string, string | number | boolean | readonly string[] | null>>,
): Promise<Row[]> {
  const { rows } = await knex
    .raw<{ rows: Row[] }>(sql, bindings as Knex.ValueDict)
    .options({ name: statementName(sql) });
  return rows;
}

/** The same text always has the same name; Postgres keeps 63 characters of one. */
function statementName(sql: string): string {
  return createHash('sha1').update(sql).digest('hex');
}

/**
 * Runs a statement that always gives one row.
 * @throws Error when it does not: the statement is wrong, not the data.
 */
export async function queryOne<Row>(...args: Parameters<typeof query>): Promise<Row> {
  const [row] = await query<Row>(...args);
  if (row === undefined) {
    throw new Error('a statement that always has a row gave none');
  }
  return row;
}
