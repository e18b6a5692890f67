import { type Knex } from 'knex';
import { MIGRATION_TABLE } from './migrate';
import { MIGRATIONS } from './migrations';
import { type Migration } from './migrations/migration';
import { queryOne } from './rows';
import { withDatabaseErrors } from './with-database-errors';

/** `unique nulls not distinct` came with Postgres 15. */
const OLDEST_POSTGRES = 15;

export type MigrationCheck = { readonly ok: true } | { readonly ok: false; readonly problem: string };

/**
 * Whether the database has exactly the schema that this version of posthorn was written for.
 * `problem` is a sentence with the remedy.
 */
export async function checkMigrated(knex: Knex): Promise<MigrationCheck> {
  const problem = await withDatabaseErrors(() => findProblem(knex));
  return problem === undefined ? { ok: true } : { ok: false, problem };
}

async function findProblem(knex: Knex): Promise<string | undefined> {
  const server = await queryOne<{ version: number; isSetUp: boolean }>(
    knex,
    `select current_setting('server_version_num')::integer / 10000 as version,
            to_regclass(:table) is not null as "isSetUp"`,
    { table: MIGRATION_TABLE },
  );
  if (server.version < OLDEST_POSTGRES) {
    return `the database is Postgres ${server.version}; posthorn needs Postgres ${OLDEST_POSTGRES} or newer`;
  }
  const done = server.isSetUp ? await knex<{ name: string }>(MIGRATION_TABLE).pluck('name') : [];
  return describeMissing(done) ?? describeUnknown(done);
}

function describeMissing(done: readonly string[]): string | undefined {
  const missing = MIGRATIONS.filter(({ name }) => !done.includes(name));
  if (missing.length === 0) {
    return undefined;
  }
  const what = missing.length === MIGRATIONS.length ? "posthorn's tables" : `migration ${listed(missing)}`;
  return `the database lacks ${what}: run "posthorn setup"`;
}

function describeUnknown(done: readonly string[]): string | undefined {
  const unknown = done.find((name) => !MIGRATIONS.some((migration) => migration.name === name));
  return unknown === undefined
    ? undefined
    : `the database has migration ${unknown}, which this version of posthorn does not know: start the version that made it`;
}

function listed(migrations: readonly Migration[]): string {
  return migrations.map(({ name }) => name).join(', ');
}
