import { readServer } from '../../database/read-server';
import { defineCheck } from '../check';
import { green, red } from '../finding';

/** Whether Postgres answers and takes writes. */
export const postgres = defineCheck({
  name: 'postgres',
  needs: ['DATABASE_URL'],
  run: async ({ database }) => {
    const { isReadOnly, version } = await readServer(database());
    return isReadOnly
      ? red({
          what: 'The database is read-only.',
          why: 'Nothing could be accepted or stored: DATABASE_URL leads to a standby, or writes are switched off.',
          remedy: 'Set DATABASE_URL to the primary server, or set default_transaction_read_only to off.',
        })
      : green(`Postgres ${version} answers.`);
  },
});
