import { checkMigrated } from '../../src/database/check-migrated';
import { migrate, MIGRATION_CONFIG, MIGRATION_TABLE } from '../../src/database/migrate';
import { MIGRATIONS } from '../../src/database/migrations';
import { createEmptyDatabase, type TestDatabase } from '../support/database';

const NAMES = MIGRATIONS.map(({ name }) => name);

let empty: TestDatabase;

beforeEach(async () => {
  empty = await createEmptyDatabase();
});

afterEach(() => empty.drop());

async function publicTables(): Promise<string[]> {
  return empty.database('pg_tables').where({ schemaname: 'public' }).orderBy('tablename').pluck('tablename');
}

test('names are numbered in the order in which they run', () => {
  expect(NAMES.map((name) => Number(name.slice(0, 4)))).toEqual(NAMES.map((_, index) => index + 1));
});

test('the first run makes everything, the second nothing', async () => {
  expect(await migrate(empty.url)).toEqual(NAMES);
  expect(await migrate(empty.url)).toEqual([]);
});

test('two runs at once make everything once', async () => {
  const runs = await Promise.all([migrate(empty.url), migrate(empty.url), migrate(empty.url)]);
  expect(runs.flat()).toEqual(NAMES);
});

test('taken back, nothing is left, and it can be made again', async () => {
  await migrate(empty.url);
  await empty.database.migrate.rollback(MIGRATION_CONFIG, true);
  expect(await publicTables()).toEqual([MIGRATION_TABLE, `${MIGRATION_TABLE}_lock`]);
  const { rows } = await empty.database.raw<{ rows: unknown[] }>(
    `select proname from pg_proc where pronamespace = 'public'::regnamespace`,
  );
  expect(rows).toEqual([]);
  expect(await migrate(empty.url)).toEqual(NAMES);
});

test('a migration that fails leaves the schema as it was', async () => {
  await empty.database.raw('create table tasks (in_the_way text)');
  await expect(migrate(empty.url)).rejects.toThrow(
    /^migration 0005_tasks failed and nothing was changed: relation "tasks" already exists\. Check that DATABASE_URL/,
  );
  expect(await publicTables()).toEqual(['tasks']);
});

describe('check', () => {
  test('an empty database lacks everything, and the remedy is named', async () => {
    expect(await checkMigrated(empty.database)).toEqual({
      ok: false,
      problem: `the database lacks posthorn's tables: run "posthorn setup"`,
    });
  });

  test('an older schema lacks a migration', async () => {
    await migrate(empty.url);
    await empty
      .database(MIGRATION_TABLE)
      .where({ name: NAMES.at(-1) })
      .delete();
    expect(await checkMigrated(empty.database)).toEqual({
      ok: false,
      problem: `the database lacks migration ${NAMES.at(-1)}: run "posthorn setup"`,
    });
  });

  test('a newer schema is refused', async () => {
    await migrate(empty.url);
    await empty.database(MIGRATION_TABLE).insert({ name: '9999_future', batch: 9, migration_time: new Date() });
    expect(await checkMigrated(empty.database)).toEqual({
      ok: false,
      problem:
        'the database has migration 9999_future, which this version of posthorn does not know: start the version that made it',
    });
  });

  test('the schema of today is fine', async () => {
    await migrate(empty.url);
    expect(await checkMigrated(empty.database)).toEqual({ ok: true });
  });
});
