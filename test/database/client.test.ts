import { createDatabase } from '../../src/database/client';
import { createTestDatabase, type TestDatabase } from '../support/database';

let clone: TestDatabase;

beforeAll(async () => {
  clone = await createTestDatabase();
});

afterAll(() => clone.drop());

async function valueOf(expression: string): Promise<unknown> {
  const { rows } = await clone.database.raw<{ rows: { value: unknown }[] }>(`select ${expression} as value`);
  return rows[0]?.value;
}

test.each([
  [`timestamptz '2026-07-01 12:00:00.123456+02'`, '2026-07-01T10:00:00.123Z'],
  [`timestamptz '2026-07-01 12:00:00+05:30'`, '2026-07-01T06:30:00.000Z'],
  ['null::timestamptz', null],
  [`9007199254740991::int8`, 9_007_199_254_740_991],
  ['count(*)', 1],
  ['1.5::float8', 1.5],
  [`'{"a": [1]}'::jsonb`, { a: [1] }],
  [`array['a', 'b']`, ['a', 'b']],
  ['true', true],
])('%s is read as %p', async (expression, expected) => {
  expect(await valueOf(expression)).toEqual(expected);
});

test('an integer that JavaScript would round is refused', async () => {
  await expect(valueOf('9007199254740993::int8')).rejects.toThrow('larger than JavaScript can hold exactly');
});

test('times are right in a session of another zone too', async () => {
  await clone.database.transaction(async (transaction) => {
    await transaction.raw(`set local time zone 'Asia/Kolkata'`);
    const { rows } = await transaction.raw<{ rows: unknown[] }>(`select timestamptz '2026-07-01 12:00:00+00' as at`);
    expect(rows).toEqual([{ at: '2026-07-01T12:00:00.000Z' }]);
  });
});

test('sessions are in UTC, named and limited', async () => {
  const settings = [
    'timezone',
    'application_name',
    'statement_timeout',
    'lock_timeout',
    'idle_in_transaction_session_timeout',
  ];
  const values = await Promise.all(settings.map((setting) => valueOf(`current_setting('${setting}')`)));
  expect(values).toEqual(['UTC', 'posthorn test', '10s', '5s', '30s']);
});

test('an error does not quote the values of its statement', async () => {
  const failing = clone.database.raw('select cast(? as text)::integer', ['Your parcel is at the door.']);
  const error: unknown = await failing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  // Postgres quotes the value; what knex puts in front of it must not, as not every error of Postgres does.
  expect(String(error).match(/parcel/g)).toHaveLength(1);
});

test('without a limit a session has none', async () => {
  const database = createDatabase({ url: clone.url, poolMax: 1, applicationName: 'patient', statementTimeoutMs: 0 });
  try {
    const { rows } = await database.raw<{ rows: unknown[] }>(`select current_setting('statement_timeout') as value`);
    expect(rows).toEqual([{ value: '0' }]);
  } finally {
    await database.destroy();
  }
});

test('the pool opens no more connections than it may', async () => {
  const database = createDatabase({ url: clone.url, poolMax: 3, applicationName: 'narrow' });
  try {
    await Promise.all(Array.from({ length: 20 }, () => database.raw('select 1')));
    const { rows } = await database.raw<{ rows: { count: number }[] }>(
      `select count(*) from pg_stat_activity where application_name = 'narrow'`,
    );
    expect(rows[0]?.count).toBeLessThanOrEqual(3);
  } finally {
    await database.destroy();
  }
});
