import { randomBytes } from 'node:crypto';
import { type HumanTask } from '../../src/database/task-store';
import { DEFAULT_POLICIES } from '../../src/domain/policy';
import { taskIdFor } from '../../src/domain/task-id';
import { UpdateRefusedError, WorkflowMissingError } from '../../src/temporal/errors';
import { UPDATE_REFUSALS } from '../../workflows/contract';
import { newAttempt, newCreated, newMessage, RECIPIENT } from '../support/database-fixtures';
import { GLOBEX, startTestApi, type TestApi } from './support/test-api';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  api.client.failure = undefined;
  api.client.asked.length = 0;
});

/** A task of a message that was tried once, and its id. */
async function openTask(overrides: Partial<HumanTask> = {}) {
  const message = newMessage();
  const escalation = [{ channel: 'human', queue: 'desk', acknowledgeTimeout: '1h' }] as const;
  const request = { ...message.request, policy: { ...DEFAULT_POLICIES.notification, escalation } };
  const { messages, tasks } = api.stores;
  const { messageId } = message;
  await messages.beginAttempt({ ...message, request } as typeof message, newAttempt());
  await messages.recordCreated(messageId, 1, newCreated());
  const result = { kind: 'refused', errorClass: 'recipient', errorCode: 30006, reason: 'a landline' } as const;
  await messages.recordProgress({
    messageId,
    status: 'escalating',
    attemptEnd: { number: 1, result },
    heardEventIds: [],
    note: { kind: 'escalated', attempt: 1, detail: {} },
  });
  const at = { openedAt: '2026-01-02T03:04:05.000Z', dueAt: '2026-01-02T04:04:05.000Z' };
  const task = { messageId, tenant: 'acme', step: 1, queue: 'desk', reason: 'it is a landline', ...at, ...overrides };
  await tasks.open(task);
  return { ...task, id: taskIdFor(task), path: `/v1/tasks/${taskIdFor(task)}` };
}

const post = (path: string, json: unknown, key?: string) =>
  api.call('POST', path, { json, ...(key === undefined ? {} : { key }) });
const ann = { by: 'Ann' };
const bob = { by: 'Bob' };

test('a task shows all that a person needs, and no more of the number than its mask', async () => {
  const { id, messageId, path } = await openTask({ cameFrom: 'day', passesTo: 'chief' });
  const answer = await api.call('GET', path);
  expect(answer.json).toMatchObject({
    ...{ id, messageId, queue: 'desk', step: 1, status: 'open', cameFrom: 'day', passesTo: 'chief' },
    recipient: '+1 202 ••• ••01',
    category: 'notification',
    metadata: { order: '4711' },
    reason: 'it is a landline',
    tried: [{ number: 1, channel: 'sms', status: 'refused', errorCode: 30006, reason: 'error 30006: a landline' }],
    toDo: 'Call this number, or ask the recipient for a mobile number. Then acknowledge the task before 2026-01-02T04:04:05.000Z; after that it passes to the queue chief.',
    claim: null,
    closing: null,
    onCall: null,
    history: [{ kind: 'opened' }],
  });
  expect(answer.text).not.toContain(RECIPIENT);
});

test('claim, note, give back and acknowledge, one hand after the other', async () => {
  const { messageId, path } = await openTask();
  expect((await post(`${path}/claim`, ann)).json).toMatchObject({ status: 'claimed', claim: ann });
  expect((await post(`${path}/claim`, ann)).status).toBe(200);
  const refused = await post(`${path}/claim`, bob);
  expect(refused.json).toMatchObject({ status: 409, code: 'task_claimed', claimedBy: 'Ann' });
  expect(refused.json).toMatchObject({ detail: expect.stringMatching(/^Ann holds it since \d{4}-/) as unknown });
  expect((await post(`${path}/give-back`, bob)).json).toMatchObject({ code: 'task_claimed' });
  expect((await post(`${path}/note`, { ...bob, note: 'she is on leave' })).status).toBe(200);
  expect((await post(`${path}/give-back`, { ...ann, note: 'no car' })).json).toMatchObject({
    status: 'open',
    claim: null,
  });
  expect((await post(`${path}/give-back`, ann)).json).toMatchObject({ code: 'task_not_claimed' });
  expect((await post(`${path}/acknowledge`, { ...bob, note: 'done' })).json).toMatchObject({
    acknowledged: true,
    by: 'Bob',
  });
  expect(api.client.asked).toEqual([
    { update: 'acknowledge', messageId, request: { by: 'Bob', note: 'done', step: 1 } },
  ]);
  expect((await api.call('GET', path)).json).toMatchObject({
    history: [
      { kind: 'opened' },
      { kind: 'claimed', by: 'Ann' },
      { kind: 'noted', by: 'Bob', note: 'she is on leave' },
      { kind: 'given_back', by: 'Ann', note: 'no car' },
    ],
  });
});

test.each(['claim', 'give-back', 'acknowledge'])(
  '%s of a task that somebody took says who and when',
  async (action) => {
    const { messageId, path } = await openTask();
    await api.stores.tasks.close(messageId, 1, { kind: 'acknowledged', by: 'Ann' });
    const answer = await post(`${path}/${action}`, bob);
    expect(answer.json).toMatchObject({ status: 409, code: 'task_closed', acknowledgedBy: 'Ann' });
    expect(answer.json).toMatchObject({ detail: expect.stringMatching(/^Ann has taken it, at \d{4}-/) as unknown });
    expect(api.client.asked).toEqual([]);
  },
);

test('who holds a task that is not needed any more sees why', async () => {
  const { messageId, path } = await openTask();
  await post(`${path}/claim`, ann);
  await api.stores.tasks.close(messageId, 1, { kind: 'not_needed', because: 'delivered' });
  expect((await api.call('GET', path)).json).toMatchObject({
    status: 'closed',
    claim: ann,
    closing: { kind: 'not_needed', because: 'delivered' },
  });
  const detail = /^Nobody is needed any more: the message has reached its recipient, at /;
  expect((await post(`${path}/acknowledge`, ann)).json).toMatchObject({
    detail: expect.stringMatching(detail) as unknown,
  });
  expect((await api.call('GET', '/v1/tasks?status=closed&limit=1')).json).toMatchObject({ tasks: [{ messageId }] });
});

test('an acknowledgement that the workflow has not on record yet is named by the workflow', async () => {
  const { path } = await openTask();
  api.client.failure = new UpdateRefusedError(UPDATE_REFUSALS.noOpenTask, 'Ann has taken the task already, at noon.');
  expect((await post(`${path}/acknowledge`, bob)).json).toMatchObject({
    code: 'task_closed',
    detail: 'Ann has taken the task already, at noon.',
  });
  api.client.failure = new WorkflowMissingError('none');
  expect((await post(`${path}/acknowledge`, bob)).json).toMatchObject({ code: 'message_not_started' });
});

test.each([
  ['claim', {}, 'by is missing'],
  ['claim', { by: ' ' }, 'by is empty'],
  ['note', { by: 'Ann' }, 'note is missing'],
  ['note', { by: 'Ann', note: ' ' }, 'note is empty'],
  ['give-back', { by: 'Ann', queue: 'x' }, 'queue is not a known field'],
  ['acknowledge', { by: 'x'.repeat(201) }, 'by is longer than 200'],
])('%s with %j is refused: %s', async (action, json, message) => {
  const { path } = await openTask();
  const answer = await post(`${path}/${action}`, json);
  expect(answer.json).toMatchObject({
    code: 'invalid_request',
    errors: [{ message: expect.stringContaining(message) as unknown }],
  });
});

test('a task of another tenant, of no message and of no form is not there', async () => {
  const { path } = await openTask();
  const unknown = `/v1/tasks/task_${randomBytes(8).toString('hex')}_1`;
  for (const [where, key] of [
    [path, GLOBEX],
    [unknown, undefined],
    ['/v1/tasks/nonsense', undefined],
  ] as const) {
    const withKey = key === undefined ? {} : { key };
    expect((await api.call('GET', where, withKey)).json).toMatchObject({ status: 404, code: 'task_not_found' });
    for (const action of ['claim', 'note', 'give-back', 'acknowledge']) {
      expect((await post(`${where}/${action}`, { by: 'Eve', note: 'mine' }, key)).json).toMatchObject({
        code: 'task_not_found',
      });
    }
  }
  expect((await api.call('GET', path)).json).toMatchObject({ history: [{ kind: 'opened' }] });
});
