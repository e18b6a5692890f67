import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openTemporalServer } from '../../src/local/open-temporal-server';
import { type Postgres, startPostgres } from '../../src/local/postgres';
import { type TemporalServer } from '../../src/local/temporal-server';
import { createResourceStack } from '../../src/resource-stack';
import { type Deployment, startDeployment } from '../end-to-end/support/deployment';
import { createOutageBench, OUTAGE_VARIABLES, type OutageBench } from './support/outage-bench';

jest.setTimeout(300_000);

const resources = createResourceStack({ stopWithinMs: 60_000, report: () => undefined });
let postgres: Postgres;
let temporal: TemporalServer;
let deployment: Deployment;

/** Servers of its own: those of the other tests are not to be stopped, and forget what they had. */
beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'posthorn-outage-'));
  resources.add('folder', () => rm(folder, { recursive: true }));
  const { signal } = new AbortController();
  const progress = (): void => undefined;
  postgres = resources.use('Postgres', await startPostgres({ durable: true, progress, signal }));
  const opened = openTemporalServer({
    environment: { ...process.env, TEMPORAL_ADDRESS: '' },
    namespace: 'default',
    searchAttributes: {},
    databaseFile: path.join(folder, 'temporal.sqlite'),
    ui: false,
    progress,
    signal,
  });
  temporal = resources.use('Temporal', await opened);
  const started = startDeployment({
    routes: {
      database: () => Promise.resolve(postgres.url),
      temporal: () => Promise.resolve(temporal.address),
    },
    variables: OUTAGE_VARIABLES,
  });
  deployment = resources.use('deployment', await started);
});
afterAll(async () => {
  expect(await resources.stopAll()).toEqual([]);
});

let bench: OutageBench;
let outages = 0;
beforeEach(() => {
  bench = createOutageBench(deployment, outages);
  outages += 1;
});

const expectNothingLost = (): Promise<void> =>
  bench.expectNothingLost({
    ...deployment.evidence,
    databaseUrl: postgres.url,
    temporalAddress: temporal.address,
  });

test.each(['orderly', 'killed'] as const)('Postgres ends (%s) and starts again: callers repeat', async (how) => {
  await bench.getUnderWay();
  await postgres.outage?.begin(how);
  const during = bench.postDuring();
  await bench.everyCallerNoticed();
  await postgres.outage?.end();
  await during;
  await expectNothingLost();
});

test('Temporal is killed and starts again: nobody is refused', async () => {
  await bench.getUnderWay();
  await temporal.outage?.begin('killed');
  await bench.postDuring();
  await temporal.outage?.end();
  expect(bench.refusedPosts()).toBe(0);
  await expectNothingLost();
});
