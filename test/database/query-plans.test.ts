import { type Knex } from 'knex';
import { createConversationStore } from '../../src/database/conversation-store';
import { createInboxStore } from '../../src/database/inbox-store';
import { createMessageStore } from '../../src/database/message-store';
import { createOptOutStore } from '../../src/database/opt-out-store';
import { createSweepStore } from '../../src/database/sweep-store';
import { findOutcome } from '../../src/database/sql/find-outcome';
import { releaseEvents } from '../../src/database/sql/release-events';
import { replaceOutcome } from '../../src/database/sql/replace-outcome';
import { createTaskStore } from '../../src/database/task-store';
import { createWebhookTraceStore } from '../../src/database/webhook-trace-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  newAttempt,
  newCreated,
  newMessage,
  newOptOut,
  newOutcome,
  newReceipt,
  newSid,
  SENDER,
} from '../support/database-fixtures';

/** Enough that reading a table whole costs far more than looking into an index. */
const ROWS = 20_000;

let clone: TestDatabase;

beforeAll(async () => {
  clone = await createTestDatabase();
  await clone.database.raw(FILL, { rows: ROWS, sender: SENDER });
  await clone.database.raw('analyze');
}, 60_000);

afterAll(() => clone.drop());

/**
 * Two attempts, receipts and ledger entries per message. Nothing is open or due, as after a quiet night: the indexes of what is open
 * look cheap then, and a statement that knows the id must not fall for them, or it reads all that is open in the rush of the morning.
 */
const FILL = `
  with numbers as (select generate_series(1, :rows) as n),
  messages as (
    insert into messages (message_id, workflow_id, tenant, request_hash, request, status, outcome, created_at, closed_at)
    select 'msg_' || n, 'workflow_' || n, 'tenant_' || n % 3, 'hash', '{"category": "alert"}',
      'closed',
      jsonb_build_object('kind', case when n % 100 = 1 then 'failed' else 'delivered' end),
      now() - make_interval(secs => n), now()
    from numbers
  ), attempts as (
    insert into attempts (message_id, number, step, channel, sender, recipient, message_sid, sent_at)
    select 'msg_' || n, number, 0, 'sms', :sender, '+1' || n, 'IM' || n || '_' || number, now()
    from numbers cross join generate_series(1, 2) as number
  ), events as (
    insert into delivery_events (event_id, delivery_receipt_sid, status, message_sid, conversation_sid, source, unknown_fields, at)
    select 'DY' || n, 'DY' || n, 'delivered', 'IM' || n || '_1', 'CH' || n, 'webhook', '{}', now()
    from numbers
  ), timeline as (
    insert into timeline (message_id, entry_key, kind, detail)
    select 'msg_' || n, key, 'accepted', '{}' from numbers cross join unnest(array['a', 'b', 'c']) as key
  ), corrections as (
    insert into outcome_corrections (message_id, number, was, became, because)
    select 'msg_' || n, 1, '{}', '{}', 'late receipt' from numbers
  ), history as (
    insert into opt_out_history (address, opted_out, source, evidence, actor, at)
    select '+1' || n, true, 'api', 'request_' || n, 'tenant', now() from numbers
  ), state as (
    insert into opt_outs (address, opted_out, source, evidence, actor, at)
    select '+1' || n, true, 'api', 'request_' || n, 'tenant', now() from numbers
  ), conversations as (
    insert into conversations (channel, sender, recipient, conversation_sid, participant_sid)
    select 'sms', :sender, '+1' || n, 'CH' || n, 'MB' || n from numbers
  ), webhooks as (
    insert into webhooks (received_at, endpoint, verdict, effect, count, message_sid, tenant)
    select now() - make_interval(secs => n), 'conversations', case when n % 100 = 1 then 'repeated' else 'accepted' end, 'nothing', 1,
      'IM' || n || '_1', case when n % 100 > 0 then 'tenant_' || n % 50 end
    from numbers
  )
  insert into tasks (message_id, step, tenant, queue, reason, closing, opened_at, due_at, closed_at)
  select 'msg_' || n, 1, 'tenant_' || n % 3, 'queue', 'reason', '{}', now(), now(), now()
  from numbers`;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

function allNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(allNodes)];
}

/**
 * Runs a call of a store in a transaction that is rolled back, and gives the plan of the first statement that it sent:
 * the one that Postgres keeps for a prepared statement, made without knowing any value.
 */
async function planOf(call: (knex: Knex) => Promise<unknown>): Promise<PlanNode[]> {
  const sent: string[] = [];
  const transaction = await clone.database.transaction();
  transaction.on('query', ({ sql }: { sql: string }) => sent.push(sql));
  try {
    await call(transaction);
    const [statement = ''] = sent;
    const parameters = (statement.match(/\$\d+/g) ?? []).map(() => 'null');
    await transaction.raw(`set local plan_cache_mode = force_generic_plan; prepare planned as ${statement}`);
    const { rows } = await transaction.raw<{ rows: { 'QUERY PLAN': { Plan: PlanNode }[] }[] }>(
      `explain (format json) execute planned(${parameters.join(', ')})`,
    );
    return rows.flatMap((row) => row['QUERY PLAN']).flatMap(({ Plan }) => allNodes(Plan));
  } finally {
    await transaction.raw('deallocate planned');
    await transaction.rollback();
  }
}

const message = newMessage({ messageId: 'msg_7', workflowId: 'workflow_7' });
const created = { ...newCreated(), messageSid: newSid('IM') };
const tenant = 'tenant_1';
const note = { kind: 'backing_off', attempt: 1, detail: {} } as const;
const task = {
  messageId: 'msg_7',
  tenant,
  step: 2,
  queue: 'queue',
  reason: 'reason',
  openedAt: '2026-01-01',
  dueAt: '2026-01-01',
};

test.each<[string, readonly string[], (knex: Knex) => Promise<unknown>]>([
  ['accept', [], (knex) => createMessageStore(knex).accept(newMessage())],
  [
    'beginAttempt',
    ['opt_outs_scope', 'conversations_pkey'],
    (knex) => createMessageStore(knex).beginAttempt(message, newAttempt({ number: 3, recipient: '+17' })),
  ],
  [
    'recordCreated',
    ['attempts_pkey', 'messages_pkey', 'delivery_events_by_message'],
    async (knex) =>
      createMessageStore(knex)
        .recordCreated('msg_7', 1, created)
        .catch(() => undefined),
  ],
  [
    'recordProgress',
    ['messages_pkey', 'attempts_pkey', 'delivery_events_pkey'],
    (knex) =>
      createMessageStore(knex).recordProgress({
        messageId: 'msg_7',
        status: 'backing_off',
        attemptEnd: { number: 1, result: { kind: 'timed_out' } },
        heardEventIds: ['DY1', 'DY2'],
        note,
      }),
  ],
  [
    'recordOutcome',
    ['attempts_pkey', 'delivery_events_by_message', 'delivery_events_pkey'],
    (knex) => {
      const attemptEnd = { number: 1, result: { kind: 'timed_out' } } as const;
      const progress = { messageId: 'msg_7', attemptEnd, heardEventIds: ['DY1'], outcome: newOutcome(), message };
      return createMessageStore(knex).recordOutcome(progress);
    },
  ],
  [
    'find',
    [
      'messages_pkey',
      'attempts_pkey',
      'delivery_events_by_message',
      'timeline_pkey',
      'webhooks_by_message',
      'outcome_corrections_pkey',
    ],
    (knex) => createMessageStore(knex).find(tenant, 'msg_7'),
  ],
  ['list', ['messages_by_time'], (knex) => createMessageStore(knex).list({ tenant, limit: 50 })],
  ['list, open', ['messages_open'], (knex) => createMessageStore(knex).list({ tenant, limit: 50, status: 'sending' })],
  [
    'list, failed',
    ['messages_by_outcome'],
    (knex) => createMessageStore(knex).list({ tenant, limit: 50, outcome: 'failed' }),
  ],
  [
    'list, later page',
    ['messages_by_time'],
    (knex) => {
      const cursor = Buffer.from('2026-01-01T00:00:00.000Z msg_1').toString('base64url');
      return createMessageStore(knex).list({ tenant, limit: 50, cursor });
    },
  ],
  [
    'store',
    ['attempts_message_sid', 'messages_pkey', 'delivery_events_pkey'],
    (knex) => createInboxStore(knex).store(newReceipt(created)),
  ],
  [
    'relayDue',
    ['delivery_events_due', 'attempts_message_sid', 'messages_pkey', 'delivery_events_pkey'],
    (knex) => createInboxStore(knex).relayDue(50, () => Promise.resolve()),
  ],
  ['markSettled', ['delivery_events_pkey'], (knex) => createInboxStore(knex).markSettled('DY7')],
  [
    'quietAttempts',
    ['messages_open', 'attempts_pkey', 'delivery_events_by_message'],
    (knex) => createSweepStore(knex).quietAttempts({ limit: 100, pauseMs: 120_000 }),
  ],
  ['recordPolled', ['attempts_message_sid'], (knex) => createSweepStore(knex).recordPolled([newSid('IM')])],
  [
    'unstartedMessages',
    ['messages_open'],
    (knex) => createSweepStore(knex).unstartedMessages({ limit: 100, pauseMs: 10_000 }),
  ],
  ['recordStartChecked', ['messages_pkey'], (knex) => createSweepStore(knex).recordStartChecked(['msg_7'])],
  [
    'release of a claim',
    ['delivery_events_pkey'],
    (knex) => releaseEvents(knex, [{ event: { eventId: 'DY7' }, lease: '2026-01-01 00:00:00+00' }]),
  ],
  [
    'correct outcome, what is known',
    ['messages_pkey', 'attempts_pkey', 'delivery_events_by_message', 'outcome_corrections_pkey'],
    (knex) => findOutcome(knex, 'msg_7'),
  ],
  [
    'correct outcome, the write',
    ['messages_pkey'],
    (knex) =>
      replaceOutcome(knex, {
        messageId: 'msg_7',
        number: 2,
        was: newOutcome(),
        is: newOutcome(),
        because: 'late receipt',
      }),
  ],
  ['opt-out record', [], (knex) => createOptOutStore(knex).record(newOptOut())],
  ['opt-out show', ['opt_outs_scope'], (knex) => createOptOutStore(knex).show('+17')],
  ['opt-out history', ['opt_out_history_evidence'], (knex) => createOptOutStore(knex).history('+17')],
  ['senderOf', ['conversations_pkey'], (knex) => createConversationStore(knex).senderOf('+17', newSid('CH'))],
  ['open task', ['messages_pkey'], (knex) => createTaskStore(knex).open(task)],
  ['close task', ['tasks_pkey'], (knex) => createTaskStore(knex).close('msg_7', 1, { kind: 'expired' })],
  ['withdrawCreate', ['attempts_pkey'], (knex) => createMessageStore(knex).withdrawCreate('msg_7', 1, 'create')],
  [
    'recordSeen',
    ['attempts_pkey', 'messages_pkey', 'delivery_events_by_message'],
    (knex) =>
      createMessageStore(knex).recordSeen([
        { messageId: 'msg_7', attempt: 1, conversationSid: newSid('CH'), messageSid: newSid('IM') },
      ]),
  ],
  ['add webhooks', [], (knex) => createWebhookTraceStore(knex).add([])],
  [
    'list webhooks',
    ['webhooks_by_tenant', 'webhooks_of_nobody', 'attempts_message_sid', 'messages_pkey'],
    (knex) => createWebhookTraceStore(knex).list({ tenant, limit: 50 }),
  ],
  [
    'list webhooks, since',
    ['webhooks_by_tenant', 'webhooks_of_nobody', 'attempts_message_sid', 'messages_pkey'],
    (knex) => createWebhookTraceStore(knex).list({ tenant, since: '2026-01-01T00:00:00.000Z', limit: 50 }),
  ],
  [
    'list webhooks, of all tenants',
    ['webhooks_pkey', 'attempts_message_sid', 'messages_pkey'],
    (knex) => createWebhookTraceStore(knex).list({ limit: 50 }),
  ],
  [
    'list webhooks, repeated',
    ['webhooks_by_verdict', 'attempts_message_sid', 'messages_pkey'],
    (knex) => createWebhookTraceStore(knex).list({ verdict: 'repeated', limit: 50 }),
  ],
  ['drop old webhooks', ['webhooks_pkey'], (knex) => createWebhookTraceStore(knex).dropOlderThan(1_000_000, 5_000)],
  ['list tasks', ['tasks_open'], (knex) => createTaskStore(knex).listOpen(tenant, undefined, 50)],
])('%s uses its indexes and no other', async (_what, indexes, call) => {
  const nodes = await planOf(call);
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])).toEqual([]);
  const used = nodes.flatMap((node) => node['Index Name'] ?? []);
  expect([...new Set(used)].toSorted()).toEqual(indexes.toSorted());
});
