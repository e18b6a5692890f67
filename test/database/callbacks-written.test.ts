import { type CallbackFacts } from '../../src/domain/callback';
import { type MessageStore, type NewMessage } from '../../src/database/message-store';
import { createMessageStore } from '../../src/database/message-store';
import { createOutcomeCorrector } from '../../src/database/outcome-corrector';
import { createInboxStore } from '../../src/database/inbox-store';
import { createTaskStore } from '../../src/database/task-store';
import { type WrittenCallback } from '../../src/database/written-callback';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type Outcome } from '../../src/domain/outcome';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newCreated, newMessage, newOutcome, newReceipt } from '../support/database-fixtures';

interface Row {
  readonly callback_id: string;
  readonly tenant: string;
  readonly type: string;
  readonly status: string;
  readonly facts: CallbackFacts;
}

let clone: TestDatabase;
let messages: MessageStore;
let announced: WrittenCallback[];
beforeAll(async () => {
  clone = await createTestDatabase();
});
afterAll(() => clone.drop());
beforeEach(() => {
  announced = [];
  messages = createMessageStore(clone.database, announce);
});

const announce = (written: readonly WrittenCallback[]): Promise<void> => {
  announced.push(...written);
  return Promise.resolve();
};
const listened = (overrides: Partial<NewMessage> = {}): NewMessage => {
  const message = newMessage(overrides);
  return { ...message, request: { ...message.request, callbackUrl: 'https://example.com/hook?token=secret' } };
};
const writtenFor = (messageId: string): Promise<Row[]> =>
  clone.database<Row & { message_id: string }>('callbacks').where({ message_id: messageId }).orderBy('at');
const final = (message: NewMessage, outcome: Outcome) => ({
  messageId: message.messageId,
  message,
  outcome,
  heardEventIds: [],
});
async function sent(message: NewMessage) {
  const created = newCreated();
  await messages.accept(message);
  await messages.beginAttempt(message, newAttempt());
  await messages.recordCreated(message.messageId, 1, created);
  return created;
}

it('tells of the hand-over once, with what Twilio called it', async () => {
  const message = listened();
  const created = await sent(message);
  await messages.recordCreated(message.messageId, 1, created);
  const rows = await writtenFor(message.messageId);
  expect(rows).toMatchObject([{ type: 'message.sent', status: 'pending', tenant: message.tenant }]);
  expect(rows[0]?.callback_id).toMatch(/^evt_[0-9a-f]{40}$/);
  expect(rows[0]?.facts).toEqual({
    status: 'awaiting_receipt',
    attempt: { number: 1, channel: 'sms', ...created },
  });
  expect(announced).toEqual([
    { callbackId: rows[0]?.callback_id, tenant: message.tenant, messageId: message.messageId },
  ]);
});

it('tells of a hand-over that only a webhook told of', async () => {
  const message = listened();
  const created = newCreated();
  await messages.accept(message);
  await messages.beginAttempt(message, newAttempt(), {
    opened: { conversationSid: created.conversationSid, participantSid: created.participantSid as never },
  });
  const seen = { ...created, messageId: message.messageId, attempt: 1 };
  await messages.recordSeen([seen]);
  await messages.recordCreated(message.messageId, 1, created);
  await messages.recordSeen([seen]);
  expect((await writtenFor(message.messageId)).map(({ type }) => type)).toEqual(['message.sent']);
});

it('writes nothing for a message without callbackUrl, whatever happens to it', async () => {
  const message = newMessage();
  await sent(message);
  await messages.recordProgress({
    messageId: message.messageId,
    status: 'backing_off',
    heardEventIds: [],
    note: { kind: 'backing_off', detail: { delayMs: 20 } },
  });
  const tasks = createTaskStore(clone.database, announce);
  const openedAt = '2026-01-02T03:04:05.000Z';
  const { messageId, tenant } = message;
  await tasks.open({ messageId, tenant, step: 1, queue: 'on-call', reason: 'r', openedAt, dueAt: openedAt });
  await tasks.close(messageId, 1, { kind: 'expired' });
  await messages.recordOutcome(final(message, newOutcome()));
  expect(await writtenFor(messageId)).toEqual([]);
  expect(announced).toEqual([]);
});

it('tells each retry and escalation once, with how the attempt ended', async () => {
  const message = listened();
  const created = await sent(message);
  const result = { kind: 'refused', errorCode: 30003, errorClass: 'retry', reason: 'switched off' } as const;
  const { messageId } = message;
  const backOff = {
    messageId,
    status: 'backing_off',
    heardEventIds: [],
    attemptEnd: { number: 1, result },
    note: { kind: 'backing_off', detail: { delayMs: 30_000 } },
  } as const;
  const escalation = { step: 1, channel: 'human', reason: 'error 30003: switched off' } as const;
  const escalated = {
    ...backOff,
    status: 'escalating',
    note: { kind: 'escalated', detail: escalation },
  } as const;
  for (const progress of [backOff, backOff, escalated, escalated]) {
    await messages.recordProgress(progress);
  }
  const rows = await writtenFor(messageId);
  expect(rows.map(({ facts, type }) => ({ type, facts })).slice(1)).toEqual([
    {
      type: 'message.retrying',
      facts: { status: 'backing_off', attempt: { number: 1, channel: 'sms', ...created }, result, delayMs: 30_000 },
    },
    {
      type: 'message.escalated',
      facts: { status: 'escalating', attempt: { number: 1, channel: 'sms', ...created }, result, escalation },
    },
  ]);
});

it('tells that the message is held, once for each time until which it is', async () => {
  const message = listened();
  const hold = { until: '2026-01-03T08:00:00.000Z', because: 'quiet hours' };
  await messages.accept(message);
  await messages.recordHold(message, hold);
  await messages.recordHold(message, hold);
  await messages.recordHold(newMessage(), hold);
  const rows = await writtenFor(message.messageId);
  expect(rows).toMatchObject([{ type: 'message.held', facts: { status: 'held', hold } }]);
  expect(announced).toHaveLength(1);
});

it('tells the same escalation again when the message was redriven', async () => {
  const message = listened();
  await messages.accept(message);
  const escalated = {
    messageId: message.messageId,
    status: 'escalating',
    heardEventIds: [],
    note: { kind: 'escalated', detail: { step: 2, channel: 'human', reason: 'nobody came' } },
  } as const;
  await messages.recordProgress(escalated);
  await messages.recordProgress({ ...escalated, redrive: 1 });
  await messages.recordProgress({ ...escalated, redrive: 1 });
  expect(await writtenFor(message.messageId)).toHaveLength(2);
});

it('tells the end once, with the outcome that stays', async () => {
  const message = listened();
  await sent(message);
  const outcome = newOutcome();
  const end = {
    ...final(message, outcome),
    attemptEnd: { number: 1, result: { kind: 'delivered', status: 'delivered' } },
  } as const;
  await messages.recordOutcome(end);
  await messages.recordOutcome(end);
  await messages.recordOutcome(final(message, newOutcome({ kind: 'failed', at: '2026-01-02T03:09:00.000Z' })));
  const rows = (await writtenFor(message.messageId)).slice(1);
  expect(rows).toMatchObject([
    {
      type: 'message.delivered',
      facts: { status: 'closed', outcome, attempt: { number: 1 }, result: { kind: 'delivered', status: 'delivered' } },
    },
  ]);
});

it('tells the end of a message that nobody had written down before', async () => {
  const message = listened();
  await messages.recordOutcome(final(message, newOutcome({ kind: 'canceled', attempt: 0 })));
  const rows = await writtenFor(message.messageId);
  expect(rows).toMatchObject([{ type: 'message.canceled' }]);
  expect(rows[0]?.facts.attempt).toBeUndefined();
});

it('tells of another ending of the same kind under another id', async () => {
  const message = listened();
  await messages.recordOutcome(final(message, newOutcome({ kind: 'failed' })));
  await clone
    .database('messages')
    .where({ message_id: message.messageId })
    .update({ outcome: null, closed_at: null, status: 'sending' });
  await messages.recordOutcome(final(message, newOutcome({ kind: 'failed', at: '2026-01-02T04:00:00.000Z' })));
  const ids = (await writtenFor(message.messageId)).map(({ callback_id: id }) => id);
  expect(new Set(ids).size).toBe(2);
});

it('tells of a correction: was, is, because', async () => {
  const message = listened();
  const created = await sent(message);
  await messages.recordOutcome(final(message, newOutcome({ kind: 'unconfirmed' })));
  await createInboxStore(clone.database).store(newReceipt(created, { status: 'delivered' }));
  const correct = createOutcomeCorrector(clone.database, DEFAULT_OPT_OUT_CODES, announce);
  await correct(message.messageId);
  await correct(message.messageId);
  // A worker that died before Temporal knew of the end writes it again.
  await messages.recordOutcome(final(message, newOutcome({ kind: 'unconfirmed' })));
  const told = (await writtenFor(message.messageId)).filter(({ type }) => type === 'message.outcome_corrected');
  expect(told).toMatchObject([
    {
      facts: {
        status: 'closed',
        outcome: { kind: 'delivered' },
        attempt: { number: 1, messageSid: created.messageSid },
        correction: {
          was: { kind: 'unconfirmed' },
          is: { kind: 'delivered' },
          because: expect.stringContaining('came: delivered') as string,
        },
      },
    },
  ]);
  expect(announced.map(({ callbackId }) => callbackId)).toContain(told[0]?.callback_id);
  const types = (await writtenFor(message.messageId)).map(({ type }) => type);
  expect(types.toSorted()).toEqual(['message.outcome_corrected', 'message.sent', 'message.unconfirmed']);
});

it.each(['acknowledged', 'expired', 'not_needed'] as const)('tells that a task was opened and is %s', async (kind) => {
  const message = listened();
  const { messageId, tenant } = message;
  await messages.accept(message);
  const tasks = createTaskStore(clone.database, announce);
  const openedAt = '2026-01-02T03:04:05.000Z';
  const task = { messageId, tenant, step: 1, queue: 'on-call', reason: 'r', openedAt, dueAt: openedAt };
  const closing = kind === 'acknowledged' ? { kind, by: 'ada', note: 'call +12025550123' } : { kind };
  await tasks.open(task);
  await tasks.open(task);
  await tasks.close(messageId, 1, closing);
  await tasks.close(messageId, 1, closing);
  const rows = await writtenFor(messageId);
  expect(rows.map(({ type }) => type)).toEqual(['task.opened', `task.${kind}`]);
  const id = messageId.replace('msg_', 'task_') + '_1';
  expect(rows[1]?.facts).toEqual({ status: 'escalating', task: { id, step: 1, queue: 'on-call' } });
  expect(announced).toHaveLength(2);
});
