import { DatabaseUnavailableError } from '../../src/database/database-error';
import { createTaskStore, type TaskStore } from '../../src/database/task-store';
import { createMessageStore, type MessageStore } from '../../src/database/message-store';
import { isAcknowledgement } from '../../src/domain/acknowledge-word';
import { createTextReader } from '../../src/domain/opt-out-word';
import { type InboundText } from '../../src/inbox/accept-inbound';
import { deferringInbound } from '../../src/inbox/deferring';
import { createTakeOnCallReply, withOnCallReplies } from '../../src/inbox/on-call-replies';
import { onCallMessage } from '../../src/tasks/on-call-message';
import { createSettleReply } from '../../src/tasks/settle-reply';
import { createLogger } from '../../src/telemetry/logger';
import { TemporalUnavailableError, UpdateRefusedError } from '../../src/temporal/errors';
import {
  type AcknowledgeRequest,
  type DeferredWord,
  type DeliverMessageInput,
  UPDATE_REFUSALS,
} from '../../workflows/contract';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { AT_ONCE_MS, newAttempt, newCreated, newMessage, newSid, SENDER } from '../support/database-fixtures';

const ON_CALL = '+12025550109';
const logger = createLogger({ level: 'silent', name: 'test' });

let clone: TestDatabase;
let messages: MessageStore;
let tasks: TaskStore;
let failure: Error | undefined;
const acknowledged: [string, AcknowledgeRequest][] = [];
const started: DeliverMessageInput[] = [];

beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  tasks = createTaskStore(clone.database);
});
beforeEach(async () => {
  failure = undefined;
  acknowledged.length = 0;
  started.length = 0;
  await clone.database('messages').delete();
});
afterAll(() => clone.drop());

const client = {
  acknowledge: (messageId: string, request: AcknowledgeRequest) => {
    acknowledged.push([messageId, request]);
    return failure === undefined ? Promise.resolve({ queue: 'desk' }) : Promise.reject(failure);
  },
  start: (input: DeliverMessageInput) => {
    started.push(input);
    return Promise.resolve();
  },
};

/** A task of which the number on call was told in a conversation. */
async function told() {
  const message = newMessage();
  await messages.accept(message);
  const now = Date.now();
  const task = {
    ...{ messageId: message.messageId, tenant: 'acme', step: 1, queue: 'desk', reason: 'no receipt' },
    openedAt: new Date(now).toISOString(),
    dueAt: new Date(now + 3_600_000).toISOString(),
  };
  const briefing = { recipient: null, tried: [], happened: task.reason, toDo: '' };
  const onCall = onCallMessage(task, { channel: 'sms', to: ON_CALL }, briefing);
  await tasks.open({ ...task, onCall });
  await messages.beginAttempt(onCall, newAttempt({ recipient: ON_CALL }));
  const created = newCreated();
  await messages.recordCreated(onCall.messageId, 1, created);
  return { task, conversationSid: created.conversationSid };
}

function reply(conversationSid: string, overrides: Partial<InboundText> = {}): InboundText {
  return {
    channel: 'sms',
    from: ON_CALL,
    writtenTo: { conversationSid: conversationSid as ReturnType<typeof newSid<'CH'>> },
    text: '1',
    evidence: newSid('IM'),
    at: new Date().toISOString(),
    isDatedByTwilio: true,
    ...overrides,
  };
}

const settleReply = (reply_: Parameters<ReturnType<typeof createSettleReply>>[0]) =>
  createSettleReply({ tasks, messages, client, logger })(reply_);

/** Takes a message in, and waits for what goes on afterwards. */
async function accept(inbound: InboundText) {
  const underWay: Promise<void>[] = [];
  const background = {
    run: (task: () => Promise<void>) => {
      underWay.push(task());
      return true;
    },
  };
  const takeReply = createTakeOnCallReply(tasks);
  const acceptInbound = () => Promise.resolve('no_word' as const);
  const result = await withOnCallReplies(acceptInbound, { takeReply, settleReply, background })(inbound);
  await Promise.all(underWay);
  return result;
}

const answers = () => started.map(({ request }) => request.content.body);

test.each(['1', ' 1 ', '“1”', 'ack', 'ACK!', 'Acknowledged.'])('%j takes a task', (text) => {
  expect(isAcknowledgement(text)).toBe(true);
});
test.each(['', '11', '1 please', 'no', 'back', 'stop', '?'])('%j takes none', (text) => {
  expect(isAcknowledgement(text)).toBe(false);
});

test('a reply acknowledges by the masked number and is confirmed; the same message again does nothing', async () => {
  const { task, conversationSid } = await told();
  const inbound = reply(conversationSid);
  await expect(accept(inbound)).resolves.toBe('task_answered');
  await expect(accept(inbound)).resolves.toBe('repeated');
  expect(acknowledged).toEqual([[task.messageId, { by: 'on-call +1 202 ••• ••09', step: 1 }]]);
  expect(answers()).toEqual(['The task for desk is yours.']);
  expect(started[0]?.request).toMatchObject({ to: ON_CALL, from: SENDER, policy: { maxAttempts: 1, escalation: [] } });
});

test('a late reply is told once who has it, and whoever replies on and on gets no more', async () => {
  const { task, conversationSid } = await told();
  await tasks.close(task.messageId, 1, { kind: 'acknowledged', by: 'Ann' });
  failure = new UpdateRefusedError(UPDATE_REFUSALS.noOpenTask, 'Ann has taken it');
  for (let round = 0; round < 5; round += 1) {
    await expect(accept(reply(conversationSid))).resolves.toBe('task_answered');
  }
  expect(answers()).toEqual([
    expect.stringMatching(
      /^The task for desk is not yours: Ann has taken it, \d\d:\d\d UTC\. There is nothing to do\.$/,
    ),
  ]);
});

test('whoever replies twice is not told that it was somebody else', async () => {
  const { task, conversationSid } = await told();
  await accept(reply(conversationSid));
  await tasks.close(task.messageId, 1, { kind: 'acknowledged', by: 'on-call +1 202 ••• ••09' });
  failure = new UpdateRefusedError(UPDATE_REFUSALS.noOpenTask, 'taken');
  await accept(reply(conversationSid));
  expect(answers()).toEqual(['The task for desk is yours.']);
});

test('while Temporal is away the reply is on disk, and settled by the sweep', async () => {
  const { task, conversationSid } = await told();
  failure = new TemporalUnavailableError('away');
  await expect(accept(reply(conversationSid))).rejects.toThrow('away');
  failure = undefined;
  const [unsettled] = await tasks.unsettledReplies({ limit: 10, pauseMs: AT_ONCE_MS });
  expect(unsettled).toMatchObject({ messageId: task.messageId, from: ON_CALL });
  await settleReply(unsettled as NonNullable<typeof unsettled>);
  expect(answers()).toEqual(['The task for desk is yours.']);
});

test('other texts, other people and other ways to write are left alone', async () => {
  const { conversationSid } = await told();
  for (const overrides of [
    { text: 'what is it about?' },
    { from: '+12025550108' },
    { writtenTo: { sender: SENDER } },
    { isDatedByTwilio: false },
    { word: 'help' as const },
    { at: new Date(Date.now() - 60_000).toISOString() },
  ]) {
    await expect(accept(reply(conversationSid, overrides))).resolves.toBe('no_word');
  }
  expect(acknowledged).toEqual([]);
});

test('while Postgres is away Temporal keeps the reply without its text', async () => {
  const kept: DeferredWord[] = [];
  const away = () => Promise.reject(new DatabaseUnavailableError({ message: 'away' }));
  const accepting = deferringInbound(away, {
    deferred: { keepReceipt: away, keepWord: (word) => Promise.resolve(void kept.push(word)) },
    logger,
    readText: createTextReader(['en']),
  });
  const inbound = reply(newSid('CH'));
  await expect(accepting(inbound)).resolves.toBe('kept_for_later');
  await expect(accepting({ ...inbound, text: 'hello' })).resolves.toBe('no_word');
  const { at, evidence, from, writtenTo } = inbound;
  expect(kept).toEqual([{ at, evidence, from, ...writtenTo, word: 'acknowledge' }]);
});
