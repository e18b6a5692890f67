import { createMessageStore, type MessageStore } from '../../src/database/message-store';
import { createTaskStore, type HumanTask, type TaskStore } from '../../src/database/task-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newMessage, newOutcome } from '../support/database-fixtures';

let clone: TestDatabase;
let messages: MessageStore;
let tasks: TaskStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  tasks = createTaskStore(clone.database);
});

beforeEach(() => clone.database('tasks').delete());

afterAll(() => clone.drop());

async function newTask(overrides: Partial<HumanTask> = {}): Promise<HumanTask> {
  const message = newMessage();
  await messages.beginAttempt(message, newAttempt());
  return {
    messageId: message.messageId,
    tenant: 'acme',
    step: 2,
    queue: 'night-shift',
    reason: 'two attempts were not answered',
    openedAt: '2026-01-02T03:04:05.000Z',
    dueAt: '2026-01-02T04:04:05.000Z',
    ...overrides,
  };
}

test('an open task is listed as it was told, moves the message and is noted once', async () => {
  const task = await newTask();
  await tasks.open(task);
  expect(await tasks.list({ tenant: 'acme', limit: 10 })).toStrictEqual({ tasks: [task] });
  const found = await messages.find('acme', task.messageId);
  expect(found?.status).toBe('escalating');
  expect(found?.timeline.at(-1)).toMatchObject({ kind: 'task_opened', detail: { step: 2, queue: 'night-shift' } });

  await tasks.open({ ...task, reason: 'told again' });
  expect(await tasks.list({ tenant: 'acme', limit: 10 })).toStrictEqual({ tasks: [task] });
  expect(await messages.find('acme', task.messageId)).toEqual(found);
});

test('a closed message is not moved', async () => {
  const message = newMessage();
  await messages.recordOutcome({ messageId: message.messageId, heardEventIds: [], outcome: newOutcome(), message });
  await tasks.open(await newTask({ messageId: message.messageId }));
  expect(await messages.find('acme', message.messageId)).toMatchObject({ status: 'closed' });
});

test('of an unknown message it is refused', async () => {
  const task = await newTask({ messageId: 'msg_unknown' });
  await expect(tasks.open(task)).rejects.toMatchObject({ fault: 'refused' });
});

test.each([
  { kind: 'acknowledged', by: 'anna', note: 'called back' } as const,
  { kind: 'expired' } as const,
  { kind: 'not_needed' } as const,
])('it closes as $kind, once, and is noted without a name', async (closing) => {
  const task = await newTask();
  await tasks.open(task);
  await tasks.close(task.messageId, task.step, closing);
  expect(await tasks.list({ tenant: 'acme', limit: 10 })).toEqual({ tasks: [] });
  expect(await clone.database('tasks').pluck('closing')).toEqual([closing]);
  const found = await messages.find('acme', task.messageId);
  expect(found?.timeline.at(-1)).toMatchObject({ kind: 'task_closed', detail: { step: 2, how: closing.kind } });

  await tasks.close(task.messageId, task.step, { kind: 'acknowledged', by: 'too late' });
  expect(await clone.database('tasks').pluck('closing')).toEqual([closing]);
  expect(await messages.find('acme', task.messageId)).toEqual(found);
});

test('of ten who close at once one wins', async () => {
  const task = await newTask();
  await tasks.open(task);
  const names = Array.from({ length: 10 }, (_, index) => `person ${index}`);
  await Promise.all(names.map((by) => tasks.close(task.messageId, task.step, { kind: 'acknowledged', by })));
  const found = await messages.find('acme', task.messageId);
  expect(found?.timeline.filter(({ kind }) => kind === 'task_closed')).toHaveLength(1);
});

test('closing what is not there does nothing', async () => {
  await tasks.close('msg_unknown', 1, { kind: 'expired' });
});

test('the list is the tenant’s, by queue, the one due first first, and no longer than asked', async () => {
  const late = await newTask({ dueAt: '2026-01-03T00:00:00.000Z' });
  const soon = await newTask({ dueAt: '2026-01-02T00:00:00.000Z', queue: 'day-shift' });
  const foreign = await newTask({ tenant: 'other' });
  for (const task of [late, soon, foreign]) {
    await tasks.open(task);
  }
  expect(await tasks.list({ tenant: 'acme', limit: 10 })).toEqual({ tasks: [soon, late] });
  expect(await tasks.list({ tenant: 'acme', queue: 'night-shift', limit: 10 })).toEqual({ tasks: [late] });
  expect(await tasks.list({ tenant: 'acme', limit: 1 })).toMatchObject({ tasks: [soon] });
  expect(await tasks.list({ tenant: 'other', limit: 10 })).toEqual({ tasks: [foreign] });
});
