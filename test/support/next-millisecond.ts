import { type Knex } from 'knex';
import { until } from './until';

/**
 * Waits until Postgres' clock shows a later millisecond. Times are kept in milliseconds, and two statements may fall into one:
 * a test whose order of things is told by time alone calls this between them.
 */
export async function nextMillisecond(database: Knex): Promise<void> {
  const clock = async (): Promise<string | undefined> => {
    const { rows } = await database.raw<{ rows: { now: string }[] }>(
      'select cast(clock_timestamp() as timestamptz(3)) as now',
    );
    return rows[0]?.now;
  };
  const before = await clock();
  await until('a later millisecond', async () => (await clock()) !== before);
}
