import { type Knex } from 'knex';
import { createDatabase } from '../../src/database/client';
import { createCuttableWays } from '../end-to-end/support/cuttable-ways';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { type ServiceProcess, startProcess } from '../end-to-end/support/service-process';
import { expectNoViolations } from '../support/expect-no-violations';
import { until } from '../support/until';
import { createLoad, type Load } from './support/load';

jest.setTimeout(300_000);

/** Messages before, during and after each outage. */
const BEFORE = 40;
const DURING = 60;
const AFTER = 20;

/** What shares its cores with other tests may take its time. */
const NOTICED_WITHIN_MS = 90_000;

const ways = createCuttableWays();
let deployment: Deployment;
let load: Load;
let apiProcess: ServiceProcess;

beforeAll(async () => {
  deployment = await startDeployment({
    routes: ways.routes,
    // The messages' own time-outs are far longer than a test: only receipts and the sweep can end them.
    variables: { POSTHORN_SWEEP_INTERVAL: '2s', POSTHORN_RECEIPT_QUIET_AFTER: '1s' },
  });
  apiProcess = deployment.apiProcess;
});
afterAll(async () => {
  await apiProcess.stop();
  await deployment.stop();
  await ways.stop();
});

let recipients = 0;
beforeEach(() => {
  load = createLoad(deployment, { recipientsBefore: recipients });
  recipients += BEFORE + DURING + AFTER;
});
afterEach(() => ways.restore());

/** Posts messages, and waits until some are under way to Twilio while others wait for their receipts. */
async function getUnderWay(): Promise<void> {
  await load.post(BEFORE);
  await until('Twilio to have some', () => load.atTwilio() >= BEFORE / 4, NOTICED_WITHIN_MS);
}

const refusedPosts = (): number => load.tally.count('repeated posts');
const everyCallerNoticed = (): Promise<unknown> =>
  until('every caller to be refused once', () => refusedPosts() >= DURING, NOTICED_WITHIN_MS);

async function expectNothingLost(): Promise<void> {
  await load.post(AFTER);
  expect(await load.faults()).toEqual([]);
  expect(load.atTwilio()).toBe(BEFORE + DURING + AFTER);
  await expectNoViolations({ ...deployment.evidence, acceptedMessageIds: load.acceptedIds() });
}

test('the API is killed and comes back: callers repeat, the sweep finds what was told meanwhile', async () => {
  await getUnderWay();
  apiProcess.child.kill('SIGKILL');
  await apiProcess.ended;
  const during = load.post(DURING);
  await everyCallerNoticed();
  apiProcess = startProcess('server', deployment.environment);
  await during;
  await expectNothingLost();
});

test('Postgres goes and comes back: callers are refused meanwhile, and nobody else notices', async () => {
  await getUnderWay();
  ways.postgres().cut();
  const during = load.post(DURING);
  await everyCallerNoticed();
  ways.restore();
  await during;
  await expectNothingLost();
});

test('Temporal goes and comes back: callers are accepted meanwhile, and the sweep starts their messages', async () => {
  await getUnderWay();
  ways.temporal().cut();
  await load.post(DURING);
  ways.restore();
  expect(refusedPosts()).toBe(0);
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
    await getUnderWay();
    const transaction = await holder.transaction();
    await transaction.raw('lock table messages in access exclusive mode');
    const during = load.post(DURING);
    // The API has twenty connections; the other callers queue for one.
    await until('every connection to wait', async () => (await waiting()) >= 20, NOTICED_WITHIN_MS);
    await until('a caller to be refused', () => refusedPosts() > 0, NOTICED_WITHIN_MS);
    await transaction.rollback();
    await during;
    await expectNothingLost();
  });
});
