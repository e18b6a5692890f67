import { createCallbackStore } from '../../src/database/callback-store';
import { createMessageStore, type MessageStore } from '../../src/database/message-store';
import { createTaskStore, type NewTask, type TaskStore } from '../../src/database/task-store';
import { DEFAULT_POLICIES, type HumanStep } from '../../src/domain/policy';
import { type SendRequest } from '../../src/domain/send-request';
import { onCallMessage } from '../../src/tasks/on-call-message';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { AT_ONCE_MS, newAttempt, newCreated, newMessage, newSid, omit, SENDER } from '../support/database-fixtures';
import { nextMillisecond } from '../support/next-millisecond';

const ON_CALL = '+12025550109';
const OPENED_AT = '2026-01-02T03:04:05.500Z';
const DUE_AT = '2026-01-02T04:04:05.500Z';
const ann = { tenant: 'acme', by: 'Ann' };
const bob = { tenant: 'acme', by: 'Bob' };

let clone: TestDatabase;
let messages: MessageStore;
let tasks: TaskStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  tasks = createTaskStore(clone.database);
});

beforeEach(() => clone.database('messages').delete());

afterAll(() => clone.drop());

/** A message whose first step asks a person. */
async function acceptAsking(step: Partial<HumanStep> = {}, overrides: Partial<SendRequest> = {}): Promise<NewTask> {
  const human: HumanStep = { channel: 'human', queue: 'desk', acknowledgeTimeout: '1h', ...step };
  const { request, ...message } = newMessage();
  const policy = { ...DEFAULT_POLICIES.notification, escalation: [human] };
  await messages.accept({ ...message, request: { ...request, ...overrides, policy } as SendRequest });
  const { messageId, tenant } = message;
  return { messageId, tenant, step: 1, queue: 'desk', reason: 'no receipt came', openedAt: OPENED_AT, dueAt: DUE_AT };
}

async function openTask(): Promise<NewTask> {
  const task = await acceptAsking();
  await tasks.open(task);
  return task;
}

/** A task that a number on call was told of, and the conversation in which it was. */
async function openTold(overrides: Partial<NewTask> = {}) {
  const task = { ...(await acceptAsking()), ...overrides };
  const briefing = { recipient: null, tried: [], happened: task.reason, toDo: '' };
  const onCall = onCallMessage(task, { channel: 'sms', to: ON_CALL, from: SENDER }, briefing);
  await tasks.open({ ...task, onCall });
  await messages.beginAttempt(onCall, newAttempt({ recipient: ON_CALL }));
  const created = newCreated();
  await messages.recordCreated(onCall.messageId, 1, created);
  return { task, onCall, conversationSid: created.conversationSid };
}

const at = (moment: string) => ({ from: ON_CALL, evidence: newSid('IM'), at: moment });
const kindsOf = async (task: NewTask) =>
  (await tasks.show(task.tenant, task))?.history.map(({ by, kind }) => [kind, by]);

test('of fifty who claim at once one holds the task', async () => {
  const task = await openTask();
  const people = Array.from({ length: 50 }, (_, index) => ({ tenant: 'acme', by: `person ${index}` }));
  const claims = await Promise.all(people.map(async (hand) => ({ ...hand, isTheirs: await tasks.claim(task, hand) })));
  const winners = claims.filter(({ isTheirs }) => isTheirs);
  expect(winners).toHaveLength(1);
  const shown = await tasks.show('acme', task);
  expect(shown?.claimedBy).toBe(winners[0]?.by);
  expect(shown?.history.map(({ kind }) => kind)).toEqual(['opened', 'claimed']);
});

test('a task goes from hand to hand, and its history and the timeline keep it', async () => {
  const task = await openTask();
  expect(await tasks.claim(task, { ...ann, note: 'I call her' })).toBe(true);
  expect(await tasks.claim(task, ann)).toBe(false);
  expect(await tasks.giveBack(task, bob)).toBe(false);
  expect(await tasks.note(task, { ...bob, note: 'her sister answers' })).toBe(true);
  expect(await tasks.giveBack(task, ann)).toBe(true);
  expect(await tasks.giveBack(task, ann)).toBe(false);
  await nextMillisecond(clone.database);
  expect(await tasks.claim(task, bob)).toBe(true);
  await tasks.close(task.messageId, 1, { kind: 'acknowledged', by: 'Bob', note: 'done' });
  expect(await tasks.claim(task, ann)).toBe(false);
  expect(await tasks.giveBack(task, bob)).toBe(false);

  const shown = await tasks.show('acme', task);
  expect(shown).toMatchObject({ claimedBy: 'Bob', closing: { kind: 'acknowledged', by: 'Bob', note: 'done' } });
  expect(shown?.history).toMatchObject([
    { kind: 'opened' },
    { kind: 'claimed', by: 'Ann', note: 'I call her' },
    { kind: 'noted', by: 'Bob', note: 'her sister answers' },
    { kind: 'given_back', by: 'Ann' },
    { kind: 'claimed', by: 'Bob' },
    { kind: 'acknowledged', by: 'Bob', note: 'done' },
  ]);
  const timeline = (await messages.find('acme', task.messageId))?.timeline ?? [];
  const about = timeline.filter(({ kind }) => kind.startsWith('task_'));
  expect(about.map(({ kind }) => kind)).toEqual([
    ...['task_opened', 'task_claimed', 'task_noted', 'task_given_back', 'task_claimed', 'task_closed'],
  ]);
  expect(JSON.stringify(about)).not.toMatch(/Ann|Bob|sister/);
});

test('another tenant can do nothing to it', async () => {
  const task = await openTask();
  const stranger = { tenant: 'other', by: 'Eve', note: 'mine' };
  expect(await tasks.show('other', task)).toBeUndefined();
  expect(await tasks.claim(task, stranger)).toBe(false);
  expect(await tasks.note(task, stranger)).toBe(false);
  expect(await tasks.claim(task, ann)).toBe(true);
  expect(await tasks.giveBack(task, { ...ann, tenant: 'other' })).toBe(false);
});

test('a task that is opened anew after a redrive is held by nobody, and its history goes on', async () => {
  const task = await openTask();
  await tasks.claim(task, ann);
  await tasks.close(task.messageId, 1, { kind: 'expired' });
  await tasks.open({ ...task, openedAt: '2026-01-03T00:00:00.000Z', cameFrom: 'night' });
  const shown = await tasks.show('acme', task);
  expect(shown).toMatchObject({ cameFrom: 'night' });
  expect(shown).not.toHaveProperty('claimedBy');
  expect(shown).not.toHaveProperty('closing');
  expect(shown?.history.map(({ kind }) => kind)).toEqual(['opened', 'claimed', 'expired', 'opened']);
});

test('the history can be added to and not changed; it goes only with its message', async () => {
  const task = await openTask();
  const { database } = clone;
  await expect(database('task_history').update({ actor: 'nobody' })).rejects.toThrow('append-only');
  await expect(database('task_history').delete()).rejects.toThrow('append-only');
  await database('messages').where({ message_id: task.messageId }).delete();
  expect(await database('task_history')).toEqual([]);
});

test('the list tells what is open, claimed and closed, page by page', async () => {
  const [first, second, third, fourth] = [await openTask(), await openTask(), await openTask(), await openTask()];
  await tasks.claim(second, ann);
  await tasks.close(third.messageId, 1, { kind: 'expired' });
  await tasks.close(fourth.messageId, 1, { kind: 'not_needed', because: 'delivered' });
  const idsOf = async (filter: Partial<Parameters<TaskStore['list']>[0]>): Promise<string[]> => {
    const page = await tasks.list({ tenant: 'acme', limit: 1, ...filter });
    const ids = page.tasks.map(({ messageId }) => messageId);
    return page.nextCursor === undefined ? ids : [...ids, ...(await idsOf({ ...filter, cursor: page.nextCursor }))];
  };
  expect(await idsOf({})).toEqual([first.messageId, second.messageId].sort());
  expect(await idsOf({ status: 'open' })).toEqual([first.messageId]);
  expect(await idsOf({ status: 'claimed' })).toEqual([second.messageId]);
  expect((await idsOf({ status: 'closed' })).sort()).toEqual([third.messageId, fourth.messageId].sort());
  expect(await idsOf({ status: 'closed', queue: 'other' })).toEqual([]);
  await expect(tasks.list({ limit: 1, cursor: 'bm9uc2Vuc2U' })).rejects.toThrow();
});

describe('the team’s own tool', () => {
  const tool = 'https://team.example/tasks?token=secret';
  const told = async ({ messageId }: NewTask) => {
    const store = createCallbackStore(clone.database);
    const { callbacks } = await store.list({ messageId, limit: 10 });
    const untold = await Promise.all(callbacks.map(({ callbackId }) => store.findUntold(callbackId)));
    return untold.map((one) => [one?.type, one?.url, one?.facts.task]).sort();
  };

  test('is told when the task opens and closes, beside the caller', async () => {
    const task = await acceptAsking({ callbackUrl: tool }, { callbackUrl: 'https://caller.example' });
    const tried = [{ number: 1, channel: 'sms', status: 'timed_out', errorCode: null, reason: 'no receipt' }];
    const briefing = { recipient: '+1 202 ••• ••01', tried, happened: 'no receipt came', toDo: 'Call.' };
    await tasks.open({ ...task, cameFrom: 'day', briefing });
    await tasks.open({ ...task, cameFrom: 'day', briefing });
    await tasks.close(task.messageId, 1, { kind: 'acknowledged', by: 'Ann', note: 'private' });
    const facts = { id: task.messageId.replace('msg_', 'task_') + '_1', step: 1, queue: 'desk' };
    const opened = { ...facts, cameFrom: 'day', dueAt: DUE_AT };
    const closing = { kind: 'acknowledged', by: 'Ann', note: 'private' };
    const briefed = { ...briefing, tried: [omit(tried[0] as NonNullable<(typeof tried)[0]>, 'errorCode')] };
    expect(await told(task)).toEqual([
      ['task.acknowledged', 'https://caller.example', facts],
      ['task.acknowledged', tool, { ...facts, closing }],
      ['task.opened', 'https://caller.example', opened],
      ['task.opened', tool, { ...opened, ...briefed }],
    ]);
  });

  test('is told without a caller, and once when it is the caller', async () => {
    const alone = await acceptAsking({ callbackUrl: tool });
    await tasks.open(alone);
    expect((await told(alone)).map(([, url]) => url)).toEqual([tool]);
    const same = await acceptAsking({ callbackUrl: tool }, { callbackUrl: tool });
    await tasks.open(same);
    expect(await told(same)).toHaveLength(1);
  });
});

describe('a reply of somebody on call', () => {
  test('takes the newest open task of its conversation, and counts once', async () => {
    const { task, conversationSid } = await openTold();
    const reply = { ...at('2026-01-02T03:04:05.000Z'), conversationSid };
    expect(await tasks.takeReply(reply, 'on-call')).toMatchObject({
      messageId: task.messageId,
      step: 1,
      from: ON_CALL,
      by: 'on-call',
      told: { sender: SENDER, channel: 'sms' },
    });
    expect(await tasks.takeReply(reply, 'on-call')).toBe('repeated');
    expect(await kindsOf(task)).toEqual([
      ['opened', undefined],
      ['told_on_call', undefined],
      ['answered_on_call', 'on-call'],
    ]);
    expect(await tasks.unsettledReplies({ limit: 5, pauseMs: AT_ONCE_MS })).toMatchObject([
      { messageId: task.messageId, by: 'on-call' },
    ]);
    expect(await tasks.unsettledReplies({ limit: 5, pauseMs: 60_000 })).toEqual([]);
    await tasks.close(task.messageId, 1, { kind: 'acknowledged', by: 'on-call' });
    expect(await tasks.unsettledReplies({ limit: 5, pauseMs: AT_ONCE_MS })).toEqual([]);
  });

  test('of many webhooks of one reply one counts', async () => {
    const { conversationSid, task } = await openTold();
    const reply = { ...at('2026-01-02T03:05:00.000Z'), conversationSid };
    const taken = await Promise.all(Array.from({ length: 20 }, () => tasks.takeReply(reply, 'on-call')));
    expect(taken.filter((one) => typeof one === 'object')).toHaveLength(1);
    expect(taken.filter((one) => one === 'repeated')).toHaveLength(19);
    expect(await kindsOf(task)).toHaveLength(3);
  });

  test('means an open task before a closed one, and a closed one for a day', async () => {
    const { task, conversationSid } = await openTold();
    await tasks.close(task.messageId, 1, { kind: 'expired' });
    const now = Date.now();
    const later = (ms: number) => ({ ...at(new Date(now + ms).toISOString()), conversationSid });
    expect(await tasks.takeReply(later(25 * 3_600_000), 'on-call')).toBeUndefined();
    expect(await tasks.takeReply(later(60_000), 'on-call')).toMatchObject({ messageId: task.messageId });
  });

  test('means nothing in another conversation, from another number, or when it is older than the task', async () => {
    const { conversationSid } = await openTold();
    const reply = { ...at('2026-01-02T03:05:00.000Z'), conversationSid };
    expect(await tasks.takeReply({ ...reply, conversationSid: newSid('CH') }, 'x')).toBeUndefined();
    expect(await tasks.takeReply({ ...reply, from: '+12025550108' }, 'x')).toBeUndefined();
    expect(await tasks.takeReply({ ...reply, at: '2026-01-02T03:03:00.000Z' }, 'x')).toBeUndefined();
  });
});

test('the message to somebody on call is accepted once with its task, and left to the sweep until it is started', async () => {
  const { onCall, task } = await openTold();
  await tasks.open({ ...task, onCall });
  const found = await messages.find('acme', onCall.messageId);
  expect(found).toMatchObject({
    request: { to: ON_CALL, metadata: { task: expect.stringMatching(/^task_/) as unknown } },
  });
  expect(found?.timeline.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
  expect(await kindsOf(task)).toHaveLength(2);
});
