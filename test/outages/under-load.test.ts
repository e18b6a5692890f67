import { type Knex } from 'knex';
import { createDatabase } from '../../src/database/client';
import { createCuttableWays } from '../end-to-end/support/cuttable-ways';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { type ServiceProcess, startProcess } from '../end-to-end/support/service-process';
import { until } from '../support/until';
import { createOutageBench, NOTICED_WITHIN_MS, OUTAGE_VARIABLES, type OutageBench } from './support/outage-bench';

jest.setTimeout(300_000);

const ways = createCuttableWays();
let deployment: Deployment;
let apiProcess: ServiceProcess;

beforeAll(async () => {
  deployment = await startDeployment({
    routes: ways.routes,
    variables: OUTAGE_VARIABLES,
  });
  apiProcess = deployment.apiProcess;
});
afterAll(async () => {
  await apiProcess.stop();
  await deployment.stop();
  await ways.stop();
});

let bench: OutageBench;
let outages = 0;
beforeEach(() => {
  bench = createOutageBench(deployment, outages);
  outages += 1;
});
afterEach(() => ways.restore());

const expectNothingLost = (): Promise<void> => bench.expectNothingLost(deployment.evidence);

test('the API is killed and comes back: callers repeat, the sweep finds what was told meanwhile', async () => {
  await bench.getUnderWay();
  apiProcess.child.kill('SIGKILL');
  await apiProcess.ended;
  const during = bench.postDuring();
  await bench.everyCallerNoticed();
  apiProcess = startProcess('server', deployment.environment);
  await during;
  await expectNothingLost();
});

test('Postgres goes and comes back: callers are refused meanwhile, and nobody else notices', async () => {
  await bench.getUnderWay();
  ways.postgres().cut();
  const during = bench.postDuring();
  await bench.everyCallerNoticed();
  ways.restore();
  await during;
  await expectNothingLost();
});

test('Temporal goes and comes back: callers are accepted meanwhile, and the sweep starts their messages', async () => {
  await bench.getUnderWay();
  ways.temporal().cut();
  await bench.postDuring();
  ways.restore();
  expect(bench.refusedPosts()).toBe(0);
  await expectNothingLost();
});

describe('the connections to Postgres are used up', () => {
  let holder: Knex;
  beforeEach(() => {
    const url = deployment.environment['DATABASE_URL'] ?? '';
    holder = createDatabase({ url, poolMax: 2, applicationName: 'posthorn test' });
  });
  afterEach(() => holder.destroy());

  /** How many of the API's connections wait for the table that is held. */
  async function waiting(): Promise<number> {
    const [row] = await holder('pg_stat_activity')
      .whereRaw('datname = current_database()')
      .where({ application_name: 'posthorn api', wait_event_type: 'Lock' })
      .count<{ waiting: number }[]>('* as waiting');
    return row?.waiting ?? 0;
  }

  test('callers wait or are refused, and nothing is wrong', async () => {
    await bench.getUnderWay();
    const transaction = await holder.transaction();
    await transaction.raw('lock table messages in access exclusive mode');
    const during = bench.postDuring();
    // The API has twenty connections; the other callers queue for one.
    await until('every connection to wait', async () => (await waiting()) >= 20, NOTICED_WITHIN_MS);
    await until('a caller to be refused', () => bench.refusedPosts() > 0, NOTICED_WITHIN_MS);
    await transaction.rollback();
    await during;
    await expectNothingLost();
  });
});
