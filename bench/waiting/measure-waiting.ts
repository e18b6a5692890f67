import { setTimeout as pause } from 'node:timers/promises';
import { type Knex } from 'knex';
import { createPosthornClient } from '../../src/client';
import { createDatabase } from '../../src/database/client';
import { queryOne } from '../../src/database/rows';
import { LOCAL_TENANT } from '../../src/local/local-credentials';
import { silentScript } from '../../src/simulator/delivery/preset-scripts';
import { type BenchContext } from '../bench-context';
import { type SimulatorQuestion } from '../posthorn/simulator';
import { type Posthorn, startPosthorn } from '../posthorn/start-posthorn';
import { type Measurement } from '../report/measurement';
import { type Section } from '../report/section';
import { eachInFlight } from '../throughput/each-in-flight';

/** How many messages wait at each look. */
const STEPS = [1_000, 10_000] as const;
const STEPS_QUICK = [100, 300] as const;

const IN_FLIGHT = 50;
/** So long that nothing stops waiting during the measurement. */
const POLICY = { deliveryTimeout: '6h' } as const;
const LOOK_EVERY_MS = 200;
const MS_PER_SECOND = 1_000;
const BYTES_PER_MIB = 1024 ** 2;

/** The worker's memory while messages wait for receipts that never come. */
export async function measureWaiting(context: BenchContext): Promise<Section> {
  const { resources, servers } = context;
  const posthorn = await startPosthorn(servers, resources);
  const silence: SimulatorQuestion = { kind: 'script', script: silentScript() };
  await posthorn.simulator.ask<undefined>(silence);
  const knex = createDatabase({ url: servers.databaseUrl, poolMax: 1, applicationName: 'posthorn bench' });
  resources.add('database pool', () => knex.destroy());

  const workflowIds: string[] = [];
  resources.add('messages that wait', () => letGo(context, workflowIds));
  const measurements = [await memoryOf(posthorn, 0)];
  const sentBefore = await sentMessages(knex);
  for (const step of context.isQuick ? STEPS_QUICK : STEPS) {
    const startedAt = performance.now();
    const added = step - workflowIds.length;
    await send(context, added, (workflowId) => workflowIds.push(workflowId));
    while ((await sentMessages(knex)) - sentBefore < step) {
      await pause(LOOK_EVERY_MS);
    }
    const perSecond = added / ((performance.now() - startedAt) / MS_PER_SECOND);
    context.progress(`waiting: ${step} messages wait, the last ${added} were sent at ${perSecond.toFixed(1)} a second`);
    measurements.push(await memoryOf(posthorn, step), {
      name: `messages sent while up to ${step} wait`,
      value: perSecond,
      unit: 'a second',
    });
  }
  return {
    title: 'messages that wait',
    method: [
      'Messages are sent to a simulator that reports "sent" and then nothing. Memory is the resident set of the worker process, which keeps at most 1,000 workflows in its cache.',
    ],
    measurements,
  };
}

async function send(
  { recipients, servers }: BenchContext,
  count: number,
  onStarted: (workflowId: string) => void,
): Promise<void> {
  const service = createPosthornClient({ client: servers.client, tenant: LOCAL_TENANT, defaultPolicy: POLICY });
  await eachInFlight(recipients.take(count), IN_FLIGHT, async (to) => {
    onStarted((await service.send({ to, body: 'Hello.' })).workflowId);
  });
}

async function memoryOf({ worker }: Posthorn, waiting: number): Promise<Measurement> {
  const bytes = await worker.ask<number>('memory');
  return { name: `worker memory, ${waiting} messages wait`, value: bytes / BYTES_PER_MIB, unit: 'MiB' };
}

async function sentMessages(knex: Knex): Promise<number> {
  const sql = 'select count(*) as count from attempts where message_sid is not null';
  return (await queryOne<{ count: number }>(knex, sql, {})).count;
}

/** A server that stays is left as it was; one that was started for the benchmark goes away with all that is in it. */
async function letGo({ servers }: BenchContext, workflowIds: readonly string[]): Promise<void> {
  if (!servers.isDevServer) {
    await eachInFlight(workflowIds, IN_FLIGHT, async (workflowId) => {
      await servers.client.workflow.getHandle(workflowId).terminate('the benchmark is over');
    });
  }
}
