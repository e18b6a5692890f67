import { type Knex } from 'knex';
import { createDatabase } from '../../../src/database/client';
import { until } from '../../support/until';

/** The row of an attempt, locked: whoever wants to write it waits. */
export interface HeldAttempt {
  /** Waits until the worker process waits for the row. */
  workerWaits(): Promise<void>;
  /** Ends the worker's connection, as its death does on a real network, so that what it asked for is never done; lets the row go. */
  dropWorkerAndRelease(): Promise<void>;
}

const WAITING_WORKER = `
  select pid from pg_stat_activity
  where datname = current_database() and application_name = 'posthorn worker' and wait_event_type = 'Lock'`;

/** Locks the attempt's row with a connection of its own. */
export async function holdAttempt(databaseUrl: string, messageId: string): Promise<HeldAttempt> {
  const knex = createDatabase({ url: databaseUrl, poolMax: 2, applicationName: 'posthorn test' });
  const holder: Knex.Transaction = await knex.transaction();
  await holder.raw('select 1 from attempts where message_id = ? for update', [messageId]);
  return {
    workerWaits: async () => {
      await until('the worker to wait for the row', async () => {
        const { rows } = await knex.raw<{ rows: unknown[] }>(WAITING_WORKER);
        return rows.length > 0;
      });
    },
    dropWorkerAndRelease: async () => {
      await knex.raw(`select pg_terminate_backend(pid) from (${WAITING_WORKER}) waiting`);
      await until('the end of its connection', async () => {
        const { rows } = await knex.raw<{ rows: unknown[] }>(WAITING_WORKER);
        return rows.length === 0;
      });
      await holder.rollback();
      await knex.destroy();
    },
  };
}
