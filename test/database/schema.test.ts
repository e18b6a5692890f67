import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describeSchema } from '../../scripts/describe-schema';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database';

const SCHEMA_FILE = resolve(__dirname, '../../src/database/schema.sql');

let migrated: TestDatabase;

beforeAll(async () => {
  migrated = await createTestDatabase();
});

afterAll(() => migrated.drop());

test('schema.sql is what the migrations make', async () => {
  expect(await describeSchema(migrated.database)).toBe(await readFile(SCHEMA_FILE, 'utf8'));
});

test('schema.sql makes the same schema again', async () => {
  const loaded = await createEmptyDatabase();
  try {
    await loaded.database.raw(await readFile(SCHEMA_FILE, 'utf8'));
    expect(await describeSchema(loaded.database)).toBe(await describeSchema(migrated.database));
  } finally {
    await loaded.drop();
  }
});

test.each([
  ['a column', 'alter table tasks add column color text'],
  ['a default', `alter table tasks alter column queue set default 'all'`],
  ['not null', 'alter table tasks alter column reason drop not null'],
  ['a constraint', 'alter table attempts drop constraint attempts_sent_with_sid'],
  ['a foreign key', 'alter table timeline drop constraint timeline_message_id_fkey'],
  ['an index', 'drop index tasks_open'],
  ['a trigger', 'drop trigger opt_out_history_append_only on opt_out_history'],
])('the description tells of %s', async (_what, change) => {
  const changed = await createTestDatabase();
  try {
    await changed.database.raw(change);
    expect(await describeSchema(changed.database)).not.toBe(await describeSchema(migrated.database));
  } finally {
    await changed.drop();
  }
});

test('every table has a primary key', async () => {
  const { rows } = await migrated.database.raw<{ rows: unknown[] }>(`
    select pg_class.relname from pg_class
    where pg_class.relnamespace = 'public'::regnamespace and pg_class.relkind = 'r'
      and not exists (select from pg_index where pg_index.indrelid = pg_class.oid and pg_index.indisprimary)`);
  expect(rows).toEqual([]);
});

test('a message is unique by its id alone, so that writing it twice at once is always a repetition and never an error', async () => {
  const { rows } = await migrated.database.raw<{ rows: { name: string }[] }>(`
    select pg_index.indexrelid::regclass::text as name from pg_index
    where pg_index.indrelid = 'messages'::regclass and pg_index.indisunique`);
  expect(rows).toEqual([{ name: 'messages_pkey' }]);
});

test('no column is varchar, serial or a time without zone', async () => {
  const { rows } = await migrated.database.raw<{ rows: unknown[] }>(`
    select columns.table_name, columns.column_name from information_schema.columns
    where columns.table_schema = 'public' and columns.table_name not like 'schema_migrations%'
      and (columns.data_type in ('character varying', 'timestamp without time zone') or columns.column_default like 'nextval%')`);
  expect(rows).toEqual([]);
});
