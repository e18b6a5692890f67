import { type Knex } from 'knex';
import { createDatabase } from '../../src/database/client';
import { queryOne } from '../../src/database/rows';
import { randomCredentials } from '../../src/local/local-credentials';
import { type BenchContext } from '../bench-context';
import { type ApiFacts } from '../posthorn/api';
import { type PosthornPlaces } from '../posthorn/posthorn-settings';
import { type RunningPart, startPart } from '../process/start-part';
import { type Section } from '../report/section';
import { alternate, type Contender } from '../statistics/alternate';
import { type BareServerFacts, type BareServerSettings } from './bare-server';
import { BARE_TABLE } from './bare-table';
import { type LoadOrder, type LoadResult, type LoadSettings, type ReceiptSubject } from './load-settings';
import { makeMessages } from './make-messages';
import { SERVERS, type WebhookRound, webhookMeasurements } from './webhook-measurements';

/** How much is measured. */
interface Extent {
  readonly rounds: number;
  readonly requests: number;
  readonly connections: number;
}

const FULL: Extent = { rounds: 5, requests: 10_000, connections: 50 };
const QUICK: Extent = { rounds: 3, requests: 4_000, connections: 50 };

/** Messages that the receipts are about, some receipts each. */
const MESSAGES = 500;
const POOL_MAX = 10;

/** Webhooks that posthorn answers a second, and that a bare handler answers, in turn. */
export async function measureWebhooks(context: BenchContext): Promise<Section> {
  const extent = context.isQuick ? QUICK : FULL;
  const contenders = await prepare(context, extent);
  const rounds = await alternate(contenders, extent.rounds, (round, name, { p99Ms, perSecond }) =>
    context.progress(
      `webhooks: round ${round} of ${extent.rounds}, ${name}: ${Math.round(perSecond)} a second, p99 ${p99Ms.toFixed(1)} ms`,
    ),
  );
  return { title: 'webhooks', method: method(extent), measurements: webhookMeasurements(rounds) };
}

async function prepare(context: BenchContext, extent: Extent): Promise<Contender<WebhookRound>[]> {
  context.progress("webhooks: starting posthorn's API, the bare handler and the load generator");
  const { recipients, resources, servers } = context;
  const { databaseUrl, temporal } = servers;
  const credentials = randomCredentials();
  const { twilio } = credentials;
  const api = await startPart<PosthornPlaces, ApiFacts>({
    entry: require.resolve('../posthorn/api'),
    settings: { databaseUrl, temporal, credentials },
  });
  resources.use('API', api);
  const bare = await startPart<BareServerSettings, BareServerFacts>({
    entry: require.resolve('./bare-server'),
    settings: { databaseUrl, authToken: twilio.authToken },
  });
  resources.use('bare handler', bare);
  const generator = await startPart<LoadSettings, null>({
    entry: require.resolve('./load-generator'),
    settings: { twilio },
  });
  resources.use('load generator', generator);
  const knex = createDatabase({ url: databaseUrl, poolMax: POOL_MAX, applicationName: 'posthorn bench' });
  resources.add('database pool', () => knex.destroy());
  const messages = await makeMessages(knex, recipients.take(MESSAGES));

  const post = loadOn(generator, knex, { ...extent, messages });
  const contenders = [
    { name: SERVERS.posthorn, run: () => post(api, 'delivery_events') },
    { name: SERVERS.bare, run: () => post(bare, BARE_TABLE) },
  ];
  for (const { name, run } of contenders) {
    const { perSecond } = await run();
    context.progress(`webhooks: warm-up, ${name}: ${Math.round(perSecond)} a second`);
  }
  return contenders;
}

/** Posts to one server, and checks that every receipt is in its table. */
function loadOn(
  generator: RunningPart<null>,
  knex: Knex,
  { connections, messages, requests }: Extent & { readonly messages: readonly ReceiptSubject[] },
): (server: RunningPart<{ readonly url: string }>, table: string) => Promise<WebhookRound> {
  return async (server, table) => {
    const rowsBefore = await rowsOf(knex, table);
    const processorTimeBefore = await server.processorTimeMs();
    const order: LoadOrder = { url: server.facts.url, messages, requests, connections };
    const result = await generator.ask<LoadResult>(order);
    const processorMs = ((await server.processorTimeMs()) - processorTimeBefore) / requests;
    const stored = (await rowsOf(knex, table)) - rowsBefore;
    if (stored !== requests) {
      throw new Error(`${requests} receipts were answered with 200, and ${stored} are in ${table}`);
    }
    return { ...result, processorMs };
  };
}

async function rowsOf(knex: Knex, table: string): Promise<number> {
  const { count } = await queryOne<{ count: number }>(knex, `select count(*) as count from ${table}`, {});
  return count;
}

function method({ connections, requests, rounds }: Extent): string[] {
  return [
    `${requests} distinct, correctly signed receipts a round over ${connections} connections by a load generator in a process of its own; ${rounds} rounds in turn after a warm-up. Ratios are taken round by round, the median is shown.`,
    "posthorn: its API process with everything in it, and an inbox row for each receipt, matched with its attempt. Bare handler: Koa, the SDK's signature check, one insert with pg, in a process of its own. Both have 20 connections to Postgres, which keeps its commits safe.",
    'The receipts say "sent": one that decides also causes a signal after the answer, which is part of the deliveries above.',
  ];
}
