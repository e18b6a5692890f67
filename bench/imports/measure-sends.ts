import { setTimeout as pause } from 'node:timers/promises';
import { createDatabase } from '../../src/database/client';
import { createOptOutStore, type OptOutStore } from '../../src/database/opt-out-store';
import { deliveredScript } from '../../src/simulator/delivery/preset-scripts';
import { type BenchContext } from '../bench-context';
import { startPosthornRival } from '../posthorn/start-posthorn-rival';
import { type Measurement } from '../report/measurement';
import { median } from '../statistics/median';
import { percentile } from '../statistics/percentile';
import { type Delivered, deliverAll } from '../throughput/deliver-all';
import { RECEIPTS_MS } from '../throughput/method';

const MESSAGES = 200;
const MESSAGES_QUICK = 40;
const IN_FLIGHT = 30;
const ROUNDS = 3;
const PROBE_EVERY_MS = 20;

/** What is compared, for the reader of the table. */
export function sendsMethod(isQuick: boolean): readonly string[] {
  return [
    `Then posthorn delivers rounds of ${isQuick ? MESSAGES_QUICK : MESSAGES} messages, ${IN_FLIGHT} in flight, to known conversations: ${ROUNDS} rounds alone, as many as an import of as many new rows lasts, and ${ROUNDS} alone again. Senders, Temporal, Postgres and the importer share the cores and none of them is idle, so the rate also shows what the importer's processor time takes from the rest.`,
    `The question that is asked before every send, what the ledger says of a recipient, is asked every ${PROBE_EVERY_MS} ms on a connection of its own.`,
  ];
}

interface Round extends Delivered {
  readonly checksMs: readonly number[];
}

/** Deliveries a second and the time of the ledger's answer, with and without an import. */
export async function measureSends(context: BenchContext, runImport: () => Promise<void>): Promise<Measurement[]> {
  const deliver = await prepare(context);
  const roundsUntil = async (isEnough: (done: number) => boolean): Promise<Round[]> => {
    const rounds: Round[] = [];
    while (!isEnough(rounds.length)) {
      rounds.push(await deliver());
    }
    return rounds;
  };
  await deliver();
  const before = await roundsUntil((done) => done === ROUNDS);
  let isImporting = true;
  const imported = runImport().finally(() => {
    isImporting = false;
  });
  const beside = await roundsUntil((done) => done > 0 && !isImporting);
  await imported;
  const after = await roundsUntil((done) => done === ROUNDS);
  // The import ended during the last one.
  const whole = beside.length > 1 ? beside.slice(0, -1) : beside;
  return [...measurementsOf('alone', [...before, ...after]), ...measurementsOf('beside an import', whole)];
}

async function prepare(context: BenchContext): Promise<() => Promise<Round>> {
  const { isQuick, progress, recipients, resources, servers } = context;
  const posthorn = await startPosthornRival(context);
  await posthorn.setScript(deliveredScript(RECEIPTS_MS.sent, RECEIPTS_MS.delivered));
  const knex = createDatabase({ url: servers.databaseUrl, poolMax: 1, applicationName: 'posthorn bench' });
  resources.add('database pool', () => knex.destroy());
  const optOuts = createOptOutStore(knex);
  const addresses = recipients.take(isQuick ? MESSAGES_QUICK : MESSAGES);
  return async () => {
    const ending = new AbortController();
    const probing = probe(optOuts, addresses, ending.signal);
    try {
      const delivered = await deliverAll(addresses, IN_FLIGHT, (to) => posthorn.deliver(to, () => undefined));
      progress(`imports: ${delivered.perSecond.toFixed(1)} messages a second`);
      ending.abort();
      return { ...delivered, checksMs: await probing };
    } finally {
      ending.abort();
    }
  };
}

/** Asks again and again what holds a message back, and takes the time. */
async function probe(
  optOuts: Pick<OptOutStore, 'stopFor'>,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<number[]> {
  const checksMs: number[] = [];
  const [sender = ''] = addresses;
  for (let asked = 0; !signal.aborted; asked += 1) {
    const recipient = addresses[asked % addresses.length] ?? sender;
    const startedAt = performance.now();
    await optOuts.stopFor({ recipient, sender, channel: 'sms', category: 'notification' });
    checksMs.push(performance.now() - startedAt);
    await pause(PROBE_EVERY_MS);
  }
  return checksMs;
}

function measurementsOf(name: string, rounds: readonly Round[]): Measurement[] {
  const rates = rounds.map(({ perSecond }) => perSecond);
  const latenciesMs = rounds.flatMap((round) => round.latenciesMs);
  const checksMs = rounds.flatMap((round) => round.checksMs);
  return [
    {
      name: `sends ${name}`,
      value: median(rates),
      unit: 'a second',
      note: `${rounds.length} rounds; p50 ${Math.round(percentile(latenciesMs, 0.5))} ms, p99 ${Math.round(percentile(latenciesMs, 0.99))} ms`,
      data: rates,
    },
    {
      name: `the ledger's answer ${name}, p50`,
      value: percentile(checksMs, 0.5),
      unit: 'ms',
      note: `p99 ${percentile(checksMs, 0.99).toFixed(1)} ms`,
    },
  ];
}
