import { type Knex } from 'knex';
import { CATEGORIES } from '../../src/domain/category';
import { type Outcome } from '../../src/domain/outcome';
import { DEFAULT_POLICIES } from '../../src/domain/policy';
import { type SendRequest } from '../../src/domain/send-request';
import { type Progress } from '../../src/local/progress';

const ROWS_AT_ONCE = 100_000;

export const TENANT = 'bench';

/** What one message in so many has: numbers without a common factor, so that every combination occurs. */
const SENDERS = ['+12025550100', '+12025550101', '+12025550102'];
const COUNTRIES = ['US', 'DE', 'FR', 'GB', 'ES', 'IT', 'AT'];
const CHANNELS = ['sms', 'sms', 'whatsapp', 'sms'];

type Ending = Pick<Outcome, 'kind' | 'attempt' | 'reason'> & Partial<Pick<Outcome, 'errorCode' | 'errorClass'>>;

/** Of nineteen messages fifteen arrive. */
const ENDINGS: readonly Ending[] = [
  ...Array.from({ length: 15 }, () => ({ kind: 'delivered', attempt: 1, reason: 'delivered to the handset' }) as const),
  { kind: 'undeliverable', attempt: 1, errorCode: 30_005, errorClass: 'recipient', reason: 'no such number' },
  { kind: 'failed', attempt: 3, errorCode: 30_008, errorClass: 'retry', reason: 'the carrier gave no reason' },
  { kind: 'opted_out', attempt: 1, errorCode: 21_610, errorClass: 'opt_out', reason: 'the recipient has opted out' },
  { kind: 'unconfirmed', attempt: 2, reason: 'no receipt came in time' },
];

const REQUEST: SendRequest = {
  to: '+12025550110',
  channel: 'sms',
  content: { body: 'Your parcel is at the door.' },
  category: 'notification',
  policy: DEFAULT_POLICIES.notification,
  metadata: { order: '4711' },
};

/** Messages of one tenant that have ended, evenly spread over a time. */
export interface FillOptions {
  readonly rows: number;
  readonly since: Date;
  readonly until: Date;
  readonly progress: Progress;
}

/** Fills the table of messages, and leaves it as after a vacuum; none comes by itself from then on. */
export async function fillMessages(knex: Knex, { progress, rows, since, until }: FillOptions): Promise<void> {
  await knex.raw('alter table messages set (autovacuum_enabled = false)');
  const bindings = {
    rows,
    tenant: TENANT,
    request: JSON.stringify(REQUEST),
    endings: JSON.stringify(ENDINGS),
    kinds: ENDINGS.length,
    categories: [...CATEGORIES],
    senders: SENDERS,
    countries: COUNTRIES,
    channels: CHANNELS,
    since: since.toISOString(),
    spanMs: until.getTime() - since.getTime(),
  };
  for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
    const last = Math.min(first + ROWS_AT_ONCE, rows) - 1;
    await knex.raw(FILL, { ...bindings, first, last });
    progress(`${last + 1} messages have ended`);
  }
  await knex.raw('vacuum analyze messages');
}

/** Writes every third message once more, as late receipts and redrives do. */
export async function rewriteThird(knex: Knex): Promise<void> {
  await knex.raw(
    `update messages set outcome = outcome || '{"reason": "written again"}' where mod(hashtext(message_id), 3) = 0`,
  );
}

const FILL = `
  with numbers as (
    select n, cast(:since as timestamptz) + make_interval(secs => (n + 0.5) / :rows * :spanMs / 1000.0) as closed_at,
      (cast(:channels as text[]))[1 + n % cardinality(cast(:channels as text[]))] as channel,
      (cast(:categories as text[]))[1 + n / 4 % cardinality(cast(:categories as text[]))] as category
    from generate_series(cast(:first as integer), cast(:last as integer)) as n
  )
  insert into messages (message_id, workflow_id, tenant, request_hash, request, status, outcome, created_at, started_at, closed_at,
    outcome_sender, outcome_country)
  select 'msg_' || md5(cast(n as text)), 'deliver-' || md5(cast(n as text)), cast(:tenant as text), md5(cast(n as text)),
    cast(:request as jsonb) || jsonb_build_object('to', '+1' || 2000000000 + n, 'channel', channel, 'category', category), 'closed',
    (cast(:endings as jsonb) -> (n % :kinds)) || jsonb_build_object('channel', channel, 'at', closed_at),
    closed_at - interval '3 seconds', closed_at - interval '2 seconds', closed_at,
    (cast(:senders as text[]))[1 + n % cardinality(cast(:senders as text[]))],
    (cast(:countries as text[]))[1 + n % cardinality(cast(:countries as text[]))]
  from numbers`;
