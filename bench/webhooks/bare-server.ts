import Koa from 'koa';
import { Pool } from 'pg';
import getRawBody from 'raw-body';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { listen } from '../../src/http/listen';
import { LOCAL_PUBLIC_BASE_URL } from '../../src/local/stack-variables';
import { runPart } from '../process/run-part';
import { BARE_TABLE } from './bare-table';

export interface BareServerSettings {
  readonly databaseUrl: string;
  readonly authToken: string;
}

export interface BareServerFacts {
  /** Where this machine reaches it. */
  readonly url: string;
}

/** As many connections to Postgres as posthorn's API has. */
const POOL_MAX = 20;

const INSERT = `
  insert into ${BARE_TABLE} (receipt_sid, status, message_sid, fields) values ($1, $2, $3, $4)
  on conflict do nothing`;

/** The least that a receiver of receipts can do: verify the signature, insert one row, answer. */
runPart<BareServerSettings, BareServerFacts>(async ({ authToken, databaseUrl }, { resources }) => {
  const pool = new Pool({ connectionString: databaseUrl, max: POOL_MAX });
  resources.add('database pool', () => pool.end());
  await pool.query(`
    create table if not exists ${BARE_TABLE} (
      receipt_sid text not null, status text not null, message_sid text not null, fields jsonb not null,
      received_at timestamptz not null default now(), primary key (receipt_sid, status))`);

  const app = new Koa();
  app.use(async (context) => {
    const fields = Object.fromEntries(new URLSearchParams((await getRawBody(context.req)).toString('utf8')));
    const url = `${LOCAL_PUBLIC_BASE_URL}${context.originalUrl}`;
    if (!validateRequest(authToken, context.get('X-Twilio-Signature'), url, fields)) {
      context.status = 403;
      return;
    }
    const { DeliveryReceiptSid, MessageSid, Status } = fields;
    await pool.query(INSERT, [DeliveryReceiptSid, Status, MessageSid, JSON.stringify(fields)]);
    context.status = 200;
    context.body = '';
  });
  const handle = app.callback();
  const { port } = resources.use(
    'HTTP server',
    await listen((request, response) => void handle(request, response), { port: 0, host: '127.0.0.1' }),
  );
  return { facts: { url: `http://127.0.0.1:${port}` } };
});
