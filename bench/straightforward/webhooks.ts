import Koa from 'koa';
import { createDatabase } from '../../src/database/client';
import { listen } from '../../src/http/listen';
import { LOCAL_PUBLIC_BASE_URL } from '../../src/local/stack-variables';
import { connectClient } from '../../src/temporal/connect-client';
import { runPart } from '../process/run-part';
import { type StraightforwardSettings } from './settings';
import { createTables } from './tables';
import { webhookHandler } from './webhook-handler';

/** As many connections to Postgres as posthorn's API has. */
const DATABASE_POOL_MAX = 20;

export interface WebhooksFacts {
  /** Where this machine reaches it. */
  readonly url: string;
}

/** The process of the straightforward job that takes the webhooks. */
runPart<StraightforwardSettings, WebhooksFacts>(async ({ databaseUrl, temporal, twilio }, { resources }) => {
  const knex = createDatabase({
    url: databaseUrl,
    poolMax: DATABASE_POOL_MAX,
    applicationName: 'straightforward webhooks',
  });
  resources.add('database pool', () => knex.destroy());
  await createTables(knex);
  const { client, close } = connectClient(
    { namespace: temporal.namespace, connectionOptions: { address: temporal.address } },
    [],
  );
  resources.add('Temporal client', close);
  const app = new Koa();
  app.use(webhookHandler({ knex, client, authToken: twilio.authToken, publicBaseUrl: LOCAL_PUBLIC_BASE_URL }));
  const handle = app.callback();
  const { port } = resources.use(
    'HTTP server',
    await listen((request, response) => void handle(request, response), { port: 0, host: '127.0.0.1' }),
  );
  return { facts: { url: `http://127.0.0.1:${port}` } };
});
