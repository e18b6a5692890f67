import { type Knex } from 'knex';

/** Every row of every table but the given ones, by table, in an order of its own: two of these show whether anything changed. */
export async function allRows(database: Knex, except: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const tables = await database('pg_tables')
    .where({ schemaname: 'public' })
    .whereNotIn('tablename', [...except])
    .orderBy('tablename')
    .pluck<string[]>('tablename');
  const rows = await Promise.all(
    tables.map(async (table) => {
      const { rows: found } = await database.raw<{ rows: { row: unknown }[] }>(
        `select to_jsonb(kept) as row from ?? as kept order by to_jsonb(kept)::text`,
        [table],
      );
      return [table, found.map(({ row }) => row)] as const;
    }),
  );
  return Object.fromEntries(rows);
}
