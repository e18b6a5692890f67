import { checkMigrated } from '../../database/check-migrated';
import { defineCheck } from '../check';
import { green, red } from '../finding';

/** Whether the schema is that of this version. */
export const migrations = defineCheck({
  name: 'migrations',
  after: ['postgres'],
  needs: ['DATABASE_URL'],
  run: async ({ database }) => {
    const check = await checkMigrated(database());
    return check.ok
      ? green('The database has the schema of this version.')
      : red({
          what: `${check.problem.slice(0, 1).toUpperCase()}${check.problem.slice(1)}.`,
          why: 'API and worker refuse to start.',
          remedy: 'Do what the sentence says; migrations only go forward.',
        });
  },
});
