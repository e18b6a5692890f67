import { type Knex } from 'knex';
import { DatabaseError as PostgresError } from 'pg';
import { createDatabase } from './client';
import { MigrationError } from './migration-error';
import { MIGRATIONS } from './migrations';
import { type Migration } from './migrations/migration';
import { withDatabaseErrors } from './with-database-errors';

/** Where knex keeps which migrations have run; its lock table is named after it. */
export const MIGRATION_TABLE = 'schema_migrations';

/** Any number will do, as long as nothing else in the database takes the same advisory lock. */
const MIGRATION_LOCK = 7_267_811_004;

/** What knex needs to know of the list. Exported for the test that takes every migration back. */
export const MIGRATION_CONFIG: Knex.MigratorConfig = {
  tableName: MIGRATION_TABLE,
  migrationSource: {
    getMigrations: () => Promise.resolve([...MIGRATIONS]),
    getMigrationName: ({ name }) => name,
    getMigration: ({ name, up, down }) =>
      Promise.resolve({ up: (knex) => run(knex, name, up), down: (knex) => run(knex, name, down) }),
  } satisfies Knex.MigrationSource<Migration>,
};

/**
 * Brings the schema of the database at `url` up to date; does nothing when it is.
 * All of it is one transaction behind an advisory lock, on a connection of its own without time-outs:
 * a second run waits for the first, and a run that is killed leaves neither half a schema nor a lock behind.
 * @returns the names of the migrations that ran.
 * @throws MigrationError when a statement of a migration fails, DatabaseError when the database cannot be worked with.
 */
export async function migrate(url: string): Promise<string[]> {
  const knex = createDatabase({ url, poolMax: 1, applicationName: 'posthorn setup', statementTimeoutMs: 0 });
  try {
    return await withDatabaseErrors(() => runAll(knex));
  } finally {
    await knex.destroy();
  }
}

async function run(knex: Knex, name: string, sql: string): Promise<void> {
  try {
    await knex.raw(sql);
  } catch (error) {
    // knex puts the statement in front of what Postgres says.
    throw error instanceof PostgresError ? new MigrationError(name, error.message.replace(`${sql} - `, '')) : error;
  }
}

async function runAll(knex: Knex): Promise<string[]> {
  return knex.transaction(async (transaction) => {
    await transaction.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    const [, names] = (await transaction.migrate.latest(MIGRATION_CONFIG)) as [number, string[]];
    return names;
  });
}
