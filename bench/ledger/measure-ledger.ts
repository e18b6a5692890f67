import { type Knex } from 'knex';
import { type AddressedMessage, createOptOutStore } from '../../src/database/opt-out-store';
import { type Progress } from '../../src/local/progress';
import { type BenchContext } from '../bench-context';
import { describePlan, pagesOf } from '../plans/describe-plan';
import { measurePlan } from '../plans/measured-plan';
import { type Measurement } from '../report/measurement';
import { type Section } from '../report/section';
import { createScratchDatabase } from '../scratch-database';
import { percentile } from '../statistics/percentile';

const ROWS = 10_000_000;
const ROWS_QUICK = 50_000;
const ROWS_AT_ONCE = 500_000;

/** Every tenth address has a second statement, about one sender. */
const ROWS_PER_TEN_ADDRESSES = 11;

const QUESTIONS = 5_000;
const WARM_UP = 200;

/** Of the addresses that are asked about. */
const SHARE_KNOWN = 0.9;
const BYTES_PER_MIB = 1024 ** 2;
const SENDER = '+12025550100';

/** Addresses count on from it: no numbers that anybody could call are needed here. */
const FIRST_ADDRESS = 2_000_000_000;

/** How long the question takes that is asked before each send, of an empty ledger and of a large one. */
export async function measureLedger({ isQuick, progress, resources, servers }: BenchContext): Promise<Section> {
  const rows = isQuick ? ROWS_QUICK : ROWS;
  const scratch = await createScratchDatabase(servers.databaseUrl, 'ledger');
  const { knex } = scratch;
  resources.add('database of the ledger', () => scratch.drop());
  const empty = await ask(knex, rows);
  await fill(knex, rows, progress);
  const full = await ask(knex, rows);
  const plan = await planOfQuestion(knex, rows);
  progress(`the ledger's plan: ${plan.note ?? ''}`);
  return {
    title: 'the ledger',
    method: [
      `The ledger's state is filled with ${rows} rows that were generated, in a database of its own. ${QUESTIONS} questions about random addresses, of which nine in ten are in it, are asked one after the other; a question is the whole round trip.`,
      'The plan is that of a question about an address with two statements, as `explain (analyze, buffers)` tells it; the file of the results has all of it.',
    ],
    measurements: [
      ...measurementsOf('an empty ledger', empty),
      ...measurementsOf(`${rows} rows`, full),
      plan,
      { name: `${rows} rows: size with indexes`, value: await sizeMib(knex), unit: 'MiB' },
    ],
  };
}

async function fill(knex: Knex, rows: number, progress: Progress): Promise<void> {
  for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
    await knex.raw(
      `insert into opt_outs (address, sender, opted_out, source, evidence, actor, at)
       select '+1' || :firstAddress + n * 10 / :perTen, case when n % :perTen = 0 then :sender end, n % 4 > 0, 'import', md5(n::text), 'bench',
         now() - make_interval(secs => n)
       from generate_series(cast(:first as bigint), cast(:last as bigint)) as n
       on conflict do nothing`,
      {
        first,
        last: Math.min(first + ROWS_AT_ONCE, rows) - 1,
        sender: SENDER,
        perTen: ROWS_PER_TEN_ADDRESSES,
        firstAddress: FIRST_ADDRESS,
      },
    );
    progress(`the ledger has ${Math.min(first + ROWS_AT_ONCE, rows)} rows`);
  }
  await knex.raw('vacuum analyze opt_outs');
}

/** @returns how long each question took, in milliseconds. */
async function ask(knex: Knex, rows: number): Promise<number[]> {
  const optOuts = createOptOutStore(knex);
  const addresses = Math.ceil(addressesOf(rows) / SHARE_KNOWN);
  const tookMs: number[] = [];
  for (let question = -WARM_UP; question < QUESTIONS; question += 1) {
    const message = messageTo(Math.floor(Math.random() * addresses));
    const startedAt = performance.now();
    await optOuts.stopFor(message);
    if (question >= 0) {
      tookMs.push(performance.now() - startedAt);
    }
  }
  return tookMs;
}

/** What Postgres does for a question, about an address in the middle of the ledger. */
async function planOfQuestion(knex: Knex, rows: number): Promise<Measurement> {
  const middle = Math.floor(addressesOf(rows) / 2 / 10) * 10;
  const plan = await measurePlan(knex, () => createOptOutStore(knex).stopFor(messageTo(middle)));
  return {
    name: `${rows} rows: a question takes`,
    value: pagesOf(plan),
    unit: 'pages of 8 KiB',
    note: describePlan(plan),
    data: plan,
  };
}

function addressesOf(rows: number): number {
  return (rows * 10) / ROWS_PER_TEN_ADDRESSES;
}

/** A message to the address with that number, from 0. */
function messageTo(number: number): AddressedMessage {
  return { recipient: `+1${FIRST_ADDRESS + number}`, sender: SENDER, channel: 'sms', category: 'notification' };
}

function measurementsOf(name: string, tookMs: readonly number[]): Measurement[] {
  return [
    { name: `${name}: a question, p50`, value: percentile(tookMs, 0.5), unit: 'ms' },
    { name: `${name}: a question, p99`, value: percentile(tookMs, 0.99), unit: 'ms' },
  ];
}

async function sizeMib(knex: Knex): Promise<number> {
  const { rows } = await knex.raw<{ rows: { readonly bytes: string }[] }>(
    `select pg_total_relation_size('opt_outs') as bytes`,
  );
  return Number(rows[0]?.bytes ?? 0) / BYTES_PER_MIB;
}
