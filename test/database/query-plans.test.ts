import { type Knex } from 'knex';
import { createConversationStore } from '../../src/database/conversation-store';
import { createDeadLetterStore } from '../../src/database/dead-letter-store';
import { createInboxStore } from '../../src/database/inbox-store';
import { createCallStore } from '../../src/database/call-store';
import { createCallbackStore } from '../../src/database/callback-store';
import { createMessageStore } from '../../src/database/message-store';
import { createReportStore } from '../../src/database/report-store';
import { createOptOutStore } from '../../src/database/opt-out-store';
import { createSuppressionStore } from '../../src/database/suppression-store';
import { createSweepStore } from '../../src/database/sweep-store';
import { readBacklog } from '../../src/database/sql/backlog';
import { findOutcome } from '../../src/database/sql/find-outcome';
import { releaseEvents } from '../../src/database/sql/release-events';
import { replaceOutcome } from '../../src/database/sql/replace-outcome';
import { encodeCursor } from '../../src/database/list-cursor';
import { createTaskStore } from '../../src/database/task-store';
import { createTraceStore } from '../../src/database/trace-store';
import { createWebhookTraceStore } from '../../src/database/webhook-trace-store';
import { REPORT_DIMENSIONS } from '../../src/domain/report-dimension';
import { type CallSid } from '../../src/domain/sid';
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
  await clone.database.transaction(async (transaction) => {
    // Far more than any statement of posthorn may take, on cores that other tests use too.
    await transaction.raw("set local statement_timeout = '55s'");
    await transaction.raw(FILL, { rows: ROWS, sender: SENDER });
  });
  await clone.database.raw('analyze');
}, 60_000);

afterAll(() => clone.drop());

/**
 * Two attempts, receipts and ledger entries per message; participants come again and again. Nothing is open or due, as after a quiet night: the indexes of what is open
 * look cheap then, and a statement that knows the id must not fall for them, or it reads all that is open in the rush of the morning.
 */
const FILL = `
  with numbers as (select generate_series(1, :rows) as n),
  messages as (
    insert into messages (message_id, workflow_id, tenant, request_hash, request, status, outcome, created_at, closed_at)
    select 'msg_' || n, 'workflow_' || n, 'tenant_' || n % 3, 'hash', '{"category": "alert"}',
      'closed',
      case when n % 100 = 1 then '{"kind": "failed", "dead": "outage"}' else '{"kind": "delivered"}' end::jsonb,
      now() - make_interval(secs => n), now()
    from numbers
  ), attempts as (
    insert into attempts (message_id, number, step, channel, sender, recipient, conversation_sid, participant_sid, message_sid, sent_at)
    select 'msg_' || n, number, 0, 'sms', :sender, '+1' || n, 'CH' || n, 'MB' || n, 'IM' || n || '_' || number, now()
    from numbers cross join generate_series(1, 2) as number
  ), voice as (
    insert into attempts (message_id, number, step, channel, sender, recipient, conversation_sid, participant_sid, call_sid, sent_at)
    select 'msg_' || n, 9, 1, 'voice', :sender, '+1' || n, 'CH' || n, 'MB' || n, 'CA' || n, now() from numbers
  ), participants as (
    insert into attempt_participants (message_id, number, participant_sid, channel, sender, recipient)
    select 'msg_' || n, 1, 'MB' || n % 500, 'sms', :sender, '+1' || n from numbers
  ), events as (
    insert into delivery_events (event_id, delivery_receipt_sid, status, message_sid, conversation_sid, channel_message_sid, source, unknown_fields, at)
    select 'DY' || n, 'DY' || n, 'delivered', 'IM' || n || '_1', 'CH' || n, 'SM' || n, 'webhook', '{}', now()
    from numbers
  ), timeline as (
    insert into timeline (message_id, entry_key, kind, detail)
    select 'msg_' || n, key, 'accepted', '{}' from numbers cross join unnest(array['a', 'b', 'c']) as key
  ), redriven as (
    insert into redrives (message_id, number, redriven_by, was)
    select 'msg_' || n, 1, 'tests', '{"attempt": 1}' from numbers
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
  ), suppressed as (
    insert into suppressions (address, channel, error_code, evidence, since, until)
    select '+1' || n, 'sms', 30005, 'IM' || n, now() - make_interval(secs => n), now() + interval '30 days' from numbers
  ), webhooks as (
    insert into webhooks (received_at, endpoint, verdict, effect, count, message_sid, tenant)
    select now() - make_interval(secs => n), 'conversations', case when n % 100 = 1 then 'repeated' else 'accepted' end, 'nothing', 1,
      'IM' || n || '_1', case when n % 100 > 0 then 'tenant_' || n % 50 end
    from numbers
  ), callbacks as (
    insert into callbacks (callback_id, message_id, tenant, type, facts, status, problem, at, pending_since)
    select 'evt_' || n, 'msg_' || n, 'tenant_' || n % 3, 'message.sent', '{}',
      case n % 100 when 1 then 'dead' when 2 then 'pending' else 'delivered' end, case n % 100 when 1 then 'answered 500' end,
      now() - make_interval(secs => n), now() - make_interval(secs => n)
    from numbers
  ), called as (
    insert into call_events (event_id, message_id, attempt, call_sid, event)
    select 'CA' || n, 'msg_' || n, 1, 'CA' || n, jsonb_build_object('kind', 'answered_by', 'answeredBy', 'human') from numbers
  ), remembered as (
    insert into task_history (message_id, step, kind, evidence)
    select 'msg_' || n, 1, 'answered_on_call', 'IM' || n from numbers
  )
  insert into tasks (message_id, step, tenant, queue, reason, closing, opened_at, due_at, closed_at, on_call_recipient, on_call_message_id)
  select 'msg_' || n, 1, 'tenant_' || n % 3, 'queue', 'reason', '{}', now(), now(), now(), '+1' || n, 'msg_' || n
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
    const nulls = (statement.match(/\$\d+/g) ?? []).map(() => 'null');
    const parameters = nulls.length === 0 ? '' : `(${nulls.join(', ')})`;
    await transaction.raw(`set local plan_cache_mode = force_generic_plan; prepare planned as ${statement}`);
    const { rows } = await transaction.raw<{ rows: { 'QUERY PLAN': { Plan: PlanNode }[] }[] }>(
      `explain (format json) execute planned${parameters}`,
    );
    return rows.flatMap((row) => row['QUERY PLAN']).flatMap(({ Plan }) => allNodes(Plan));
  } finally {
    await transaction.raw('deallocate planned');
    await transaction.rollback();
  }
}

test('the question before each send reads ledger and suppressions once', async () => {
  const nodes = await planOf((knex) =>
    createMessageStore(knex).beginAttempt(message, newAttempt({ number: 3, recipient: '+17' })),
  );
  const reads = nodes
    .map((node) => node['Relation Name'])
    .filter((name) => name === 'opt_outs' || name === 'suppressions');
  expect(reads.sort()).toEqual(['opt_outs', 'suppressions']);
});

const message = newMessage({ messageId: 'msg_7', workflowId: 'workflow_7' });
const created = { ...newCreated(), messageSid: newSid('IM') };
const tenant = 'tenant_1';
const window = {
  since: '2026-01-01T00:00:00.000Z',
  until: '2026-04-01T00:00:00.000Z',
  timeZone: 'Europe/Berlin',
  groupBy: REPORT_DIMENSIONS,
};
const CALL_SID = 'CA7' as CallSid;
const RINGING = {
  kind: 'status',
  eventId: 'event_7',
  callSid: CALL_SID,
  at: '2026-01-01T00:00:00.000Z',
  status: 'ringing',
} as const;
const note = { kind: 'backing_off', attempt: 1, detail: {} } as const;
const TASK_CURSOR = encodeCursor({ at: '2026-01-01T00:00:00.000Z', id: 'msg_7:1' });

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
    // The attempts are in the plan and not asked: only a pool has a choice of senders.
    ['attempts_pkey', 'opt_outs_scope', 'suppressions_in_force', 'conversations_pkey'],
    (knex) => createMessageStore(knex).beginAttempt(message, newAttempt({ number: 3, recipient: '+17' })),
  ],
  [
    'beginAttempt with a pool',
    ['attempts_pkey', 'opt_outs_scope', 'suppressions_in_force', 'conversations_pkey'],
    (knex) =>
      createMessageStore(knex).beginAttempt(
        message,
        newAttempt({ number: 3, recipient: '+17', pool: ['+12025550100', '+12025550102'] }),
      ),
  ],
  [
    'keptSender',
    ['conversations_pkey'],
    (knex) => createConversationStore(knex).keptSender('+17', 'sms', ['+12025550100', '+12025550102']),
  ],
  [
    'noteInbound',
    ['conversations_pkey'],
    (knex) =>
      createConversationStore(knex).noteInbound({
        from: '+17',
        writtenTo: { conversationSid: newSid('CH') },
        at: '2026-01-01T00:00:00.000Z',
      }),
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
    ['attempt_participants_pkey', 'attempts_pkey', 'delivery_events_by_message', 'delivery_events_pkey'],
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
      'task_history_by_task',
      'timeline_pkey',
      'webhooks_by_message',
      'outcome_corrections_pkey',
      'redrives_pkey',
      'attempt_participants_pkey',
      'messages_by_parent',
      'call_events_by_attempt',
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
  ['list, dead', ['messages_dead'], (knex) => createMessageStore(knex).list({ tenant, limit: 50, isDead: true })],
  ['dead of a tenant', ['messages_dead'], (knex) => createDeadLetterStore(knex).list({ tenant }, { limit: 50 })],
  [
    'dead of all tenants, later page',
    ['messages_dead_of_all'],
    (knex) => {
      const cursor = Buffer.from('2026-01-01T00:00:00.000Z msg_1').toString('base64url');
      return createDeadLetterStore(knex).list({ since: '2026-01-01T00:00:00.000Z' }, { cursor, limit: 50 });
    },
  ],
  ['count dead', ['messages_dead_of_all'], (knex) => createDeadLetterStore(knex).count({ errorClass: 'config' })],
  ['reopen', ['messages_pkey'], (knex) => createDeadLetterStore(knex).reopen({ messageId: 'msg_7', by: 'tests' })],
  [
    'take up',
    ['messages_pkey', 'attempts_pkey', 'redrives_pkey', 'delivery_events_by_message'],
    (knex) => createDeadLetterStore(knex).takeUp('msg_7', 1),
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
    [
      'attempts_message_sid',
      'attempt_participants_pkey',
      'messages_pkey',
      'delivery_events_pkey',
      'suppressions_in_force',
    ],
    (knex) => createInboxStore(knex).store(newReceipt(created)),
  ],
  [
    'relayDue',
    [
      'delivery_events_due',
      'attempts_message_sid',
      'attempt_participants_pkey',
      'messages_pkey',
      'delivery_events_pkey',
    ],
    (knex) => createInboxStore(knex).relayDue(50, () => Promise.resolve()),
  ],
  ['markSettled', ['delivery_events_pkey'], (knex) => createInboxStore(knex).markSettled('DY7')],
  [
    'quietAttempts',
    ['messages_open', 'attempts_pkey', 'attempt_participants_pkey', 'delivery_events_by_message'],
    (knex) => createSweepStore(knex).quietAttempts({ limit: 100, pauseMs: 120_000 }),
  ],
  ['recordPolled', ['attempts_message_sid'], (knex) => createSweepStore(knex).recordPolled([newSid('IM')])],
  [
    'unstartedMessages',
    ['messages_open'],
    (knex) => createSweepStore(knex).unstartedMessages({ limit: 100, pauseMs: 10_000 }),
  ],
  ['backlog, receipts', ['delivery_events_due', 'attempts_message_sid'], (knex) => readBacklog(knex)],
  [
    'lateMessages',
    ['messages_late_read_due', 'attempts_pkey', 'attempt_participants_pkey', 'delivery_events_by_message'],
    (knex) => createSweepStore(knex).lateMessages(100),
  ],
  [
    'recordLateReads',
    ['messages_pkey'],
    (knex) => createSweepStore(knex).recordLateReads([{ messageId: 'msg_7', sinceCloseMs: 0, attempts: [] }]),
  ],
  ['recordStartChecked', ['messages_pkey'], (knex) => createSweepStore(knex).recordStartChecked(['msg_7'])],
  [
    'release of a claim',
    ['delivery_events_pkey'],
    (knex) => releaseEvents(knex, [{ event: { eventId: 'DY7' }, lease: '2026-01-01 00:00:00+00' }]),
  ],
  [
    'correct outcome, what is known',
    [
      'messages_pkey',
      'attempts_pkey',
      'attempt_participants_pkey',
      'messages_by_parent',
      'delivery_events_by_message',
      'call_events_by_attempt',
      'outcome_corrections_pkey',
    ],
    (knex) => findOutcome(knex, 'msg_7'),
  ],
  [
    'correct outcome, the write',
    ['attempts_pkey', 'messages_pkey'],
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
  [
    'what holds a message back',
    ['opt_outs_scope'],
    (knex) =>
      createOptOutStore(knex).stopFor({
        recipient: '+17',
        sender: SENDER,
        channel: 'sms',
        category: 'alert',
      }),
  ],
  [
    'open messages to an address',
    ['messages_open_by_recipient'],
    (knex) => createMessageStore(knex).openTo(['+17', '+18'], 100),
  ],
  ['suppressions', ['suppressions_by_time'], (knex) => createSuppressionStore(knex).list({ limit: 50 })],
  [
    'suppression show',
    ['suppressions_in_force', 'suppressions_lifted'],
    (knex) => createSuppressionStore(knex).show('+17'),
  ],
  [
    'suppression lift',
    ['suppressions_in_force'],
    (knex) => createSuppressionStore(knex).lift({ address: '+17', by: 'tests', reason: 'a test' }),
  ],
  [
    'suppress',
    ['suppressions_lifted'],
    (knex) =>
      createSuppressionStore(knex).suppress({
        address: '+17',
        channel: 'sms',
        errorCode: 30005,
        evidence: 'IM1',
        since: '2026-01-01T00:00:00.000Z',
        until: '2027-01-01T00:00:00.000Z',
      }),
  ],
  ['opt-out show', ['opt_outs_scope'], (knex) => createOptOutStore(knex).show('+17')],
  ['opt-out history', ['opt_out_history_evidence'], (knex) => createOptOutStore(knex).history('+17')],
  ['senderOf', ['conversations_pkey'], (knex) => createConversationStore(knex).senderOf('+17', newSid('CH'))],
  ['open task', ['messages_pkey'], (knex) => createTaskStore(knex).open(task)],
  [
    'close task',
    ['messages_pkey', 'tasks_pkey'],
    (knex) => createTaskStore(knex).close('msg_7', 1, { kind: 'expired' }),
  ],
  ['withdrawCreate', ['attempts_pkey'], (knex) => createMessageStore(knex).withdrawCreate('msg_7', 1, 'create')],
  [
    'recordSeen',
    ['attempts_pkey', 'messages_pkey', 'delivery_events_by_message'],
    (knex) =>
      createMessageStore(knex).recordSeen([
        { messageId: 'msg_7', attempt: 1, conversationSid: newSid('CH'), messageSid: newSid('IM') },
      ]),
  ],
  ['list opt-outs', ['opt_outs_by_time'], (knex) => createOptOutStore(knex).list({ limit: 50 })],
  [
    'list opt-outs, filtered, later page',
    ['opt_outs_by_time'],
    (knex) => {
      const cursor = Buffer.from('2026-01-01T00:00:00.000Z 7').toString('base64url');
      const since = '2026-01-01T00:00:00.000Z';
      return createOptOutStore(knex).list({ limit: 50, source: 'import', sender: null, since, cursor });
    },
  ],
  [
    'count new opt-outs',
    ['opt_out_history_evidence'],
    (knex) => createOptOutStore(knex).countNew([newOptOut({ address: '+17' })]),
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
  [
    'find untold callback',
    ['callbacks_pkey', 'messages_pkey'],
    (knex) => createCallbackStore(knex).findUntold('evt_7'),
  ],
  [
    'record try of callback',
    ['callbacks_pkey'],
    (knex) => createCallbackStore(knex).recordTry('evt_7', { status: 'delivered' }),
  ],
  ['record callbacks checked', ['callbacks_pkey'], (knex) => createCallbackStore(knex).recordChecked(['evt_7'])],
  ['untold callbacks', ['callbacks_pending'], (knex) => createCallbackStore(knex).untold({ limit: 250, pauseMs: 10 })],
  ['show callback', ['callbacks_pkey'], (knex) => createCallbackStore(knex).show(tenant, 'evt_7')],
  ['list callbacks', ['callbacks_by_time'], (knex) => createCallbackStore(knex).list({ tenant, limit: 50 })],
  [
    'list callbacks, dead',
    ['callbacks_dead'],
    (knex) => createCallbackStore(knex).list({ tenant, status: 'dead', limit: 50 }),
  ],
  [
    'list callbacks of a message',
    ['callbacks_by_message'],
    (knex) => createCallbackStore(knex).list({ tenant, messageId: 'msg_7', limit: 50 }),
  ],
  [
    'redrive callbacks',
    ['callbacks_dead', 'callbacks_pkey'],
    (knex) => createCallbackStore(knex).redrive({ tenant }, 50),
  ],
  [
    'trace a message',
    ['messages_pkey'],
    (knex) => createTraceStore(knex).messagesOf({ kind: 'message', id: 'msg_7' }, { tenant, limit: 50 }),
  ],
  [
    'trace a callback',
    ['callbacks_pkey', 'messages_pkey'],
    (knex) => createTraceStore(knex).messagesOf({ kind: 'callback', id: 'evt_7' }, { limit: 50 }),
  ],
  [
    'trace a conversation',
    ['attempts_by_conversation', 'messages_pkey'],
    (knex) => createTraceStore(knex).messagesOf({ kind: 'CH', id: 'CH7' }, { limit: 50 }),
  ],
  [
    'trace a participant',
    ['attempts_by_participant', 'attempt_participants_by_participant', 'messages_pkey'],
    (knex) => createTraceStore(knex).messagesOf({ kind: 'MB', id: 'MB7' }, { limit: 50 }),
  ],
  [
    'trace a message at Twilio',
    ['attempts_message_sid', 'task_history_evidence', 'messages_pkey'],
    (knex) => createTraceStore(knex).messagesOf({ kind: 'IM', id: 'IM7_1' }, { limit: 50 }),
  ],
  ['calls that may be under way', ['attempts_pkey'], (knex) => createCallStore(knex).leftBy('msg_7', [9])],
  [
    'calls that others have',
    ['attempts_call_sid'],
    (knex) => createCallStore(knex).heldByOthers([newSid('CA')], 'msg_7', 9),
  ],
  [
    'call that was placed',
    ['attempts_pkey', 'messages_pkey'],
    (knex) => createCallStore(knex).recordPlaced('msg_7', 9, { callSid: CALL_SID }),
  ],
  [
    'what was told of a call',
    ['attempts_pkey', 'attempts_call_sid', 'messages_pkey'],
    (knex) => createCallStore(knex).storeEvent({ messageId: 'msg_7', attempt: 9, event: RINGING }),
  ],
  [
    'trace a receipt',
    ['delivery_events_by_receipt', 'attempts_message_sid', 'messages_pkey'],
    (knex) => createTraceStore(knex).messagesOf({ kind: 'DY', id: 'DY7' }, { limit: 50 }),
  ],
  [
    'trace a channel message',
    ['delivery_events_by_channel_message', 'attempts_message_sid', 'task_history_evidence', 'messages_pkey'],
    (knex) => createTraceStore(knex).messagesOf({ kind: 'SM', id: 'SM7' }, { limit: 50 }),
  ],
  [
    'trace a call',
    ['attempts_call_sid', 'call_events_by_call', 'messages_pkey'],
    (knex) => createTraceStore(knex).messagesOf({ kind: 'CA', id: 'CA7' }, { limit: 50 }),
  ],
  ['failure report', ['messages_by_end'], (knex) => createReportStore(knex).countEndings({ tenant, ...window })],
  ['tenants of a report of all', ['messages_by_end'], (knex) => createReportStore(knex).countEndings(window)],
  ['list tasks', ['tasks_open'], (knex) => createTaskStore(knex).list({ tenant, limit: 50 })],
  [
    'list closed tasks, later page',
    ['tasks_closed'],
    (knex) => createTaskStore(knex).list({ tenant, status: 'closed', limit: 50, cursor: TASK_CURSOR }),
  ],
  [
    'show task',
    ['task_history_by_task', 'tasks_pkey'],
    (knex) => createTaskStore(knex).show(tenant, { messageId: 'msg_7', step: 1 }),
  ],
  [
    'claim task',
    ['tasks_pkey'],
    (knex) => createTaskStore(knex).claim({ messageId: 'msg_7', step: 1 }, { tenant, by: 'Ann' }),
  ],
  [
    'reply of somebody on call',
    ['attempts_by_conversation', 'attempts_pkey', 'task_history_evidence', 'tasks_on_call', 'tasks_pkey'],
    (knex) =>
      createTaskStore(knex).takeReply(
        { from: '+17', conversationSid: newSid('CH'), evidence: newSid('IM'), at: '2026-01-01T00:00:00.000Z' },
        'on-call',
      ),
  ],
])('%s uses its indexes and no other', async (_what, indexes, call) => {
  const nodes = await planOf(call);
  expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])).toEqual([]);
  const used = nodes.flatMap((node) => node['Index Name'] ?? []);
  expect([...new Set(used)].toSorted()).toEqual(indexes.toSorted());
});

test('a failure report reads its index and not the rows, and only the part that the window names', async () => {
  await clone.database.raw('vacuum analyze messages');
  const nodes = await planOf((knex) => createReportStore(knex).countEndings({ tenant, ...window }));
  const scans = nodes.filter((node) => node['Relation Name'] === 'messages');
  expect(scans).toMatchObject([
    {
      'Node Type': 'Index Only Scan',
      'Index Cond': expect.stringMatching(/tenant.*closed_at >=.*closed_at </) as string,
    },
  ]);
});
