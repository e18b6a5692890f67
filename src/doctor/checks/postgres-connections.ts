import { POOL_SIZES } from '../../database/pool-sizes';
import { readServer } from '../../database/read-server';
import { defineCheck } from '../check';
import { green, red, yellow } from '../finding';

/** One API and one worker at full pools; in production there are two of each. */
const ONE_OF_EACH = POOL_SIZES.api + POOL_SIZES.worker;

/** Whether the pools find the connections that they may ask for. */
export const postgresConnections = defineCheck({
  name: 'postgres-connections',
  after: ['postgres'],
  needs: ['DATABASE_URL'],
  run: async ({ database }) => {
    const { connectionLimit } = await readServer(database());
    const what = `posthorn may have ${connectionLimit} connections; an API takes up to ${POOL_SIZES.api}, a worker up to ${POOL_SIZES.worker}.`;
    const remedy = 'Raise max_connections or the CONNECTION LIMIT of database or role, or put a pooler in between.';
    if (connectionLimit < ONE_OF_EACH) {
      return red({ what, why: 'At full load requests and webhooks are refused for want of a connection.', remedy });
    }
    return connectionLimit < 2 * ONE_OF_EACH
      ? yellow({ what, why: 'That is too few for two APIs and two workers.', remedy })
      : green(what);
  },
});
