import { type MessageStore } from '../../src/database/message-store';
import { TemporalUnavailableError, UpdateRefusedError, WorkflowMissingError } from '../../src/temporal/errors';
import { UPDATE_REFUSALS } from '../../workflows/contract';
import { newMessage, newOutcome } from '../support/database-fixtures';
import { GLOBEX, startTestApi, type TestApi } from './support/test-api';

let api: TestApi;
let messages: MessageStore;
beforeAll(async () => {
  api = await startTestApi();
  ({ messages } = api.stores);
});
afterAll(() => api.stop());
beforeEach(() => {
  api.client.failure = undefined;
  api.client.asked.length = 0;
});

async function acceptMessage(): Promise<string> {
  const message = newMessage();
  await messages.accept(message);
  return message.messageId;
}

test('cancel asks the workflow in the name of the tenant', async () => {
  const messageId = await acceptMessage();
  const answer = await api.call('POST', `/v1/messages/${messageId}/cancel`);
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({
    id: messageId,
    workflowId: `deliver-${messageId}`,
    canceled: true,
    alreadyHandedOver: true,
  });
  expect(api.client.asked).toEqual([{ update: 'cancel', messageId, request: { by: 'acme' } }]);
});

test('acknowledge passes on who takes the task, and a note', async () => {
  const messageId = await acceptMessage();
  const json = { by: 'Ann', note: 'calls back' };
  const answer = await api.call('POST', `/v1/messages/${messageId}/acknowledge`, { json });
  expect(answer.json).toMatchObject({ id: messageId, acknowledged: true, by: 'Ann', queue: 'support' });
  expect(api.client.asked).toEqual([{ update: 'acknowledge', messageId, request: json }]);
});

test.each([
  ['no task is open', new UpdateRefusedError(UPDATE_REFUSALS.noOpenTask, 'no task'), 409, 'no_open_task'],
  [
    'the workflow has just ended',
    new UpdateRefusedError(UPDATE_REFUSALS.alreadyClosed, 'closed'),
    409,
    'message_closed',
  ],
  ['the workflow never began', new WorkflowMissingError('none'), 409, 'message_not_started'],
  ['Temporal is away', new TemporalUnavailableError('away'), 503, 'temporal_unavailable'],
])('when %s the answer says so', async (_when, failure, status, code) => {
  const messageId = await acceptMessage();
  api.client.failure = failure;
  expect((await api.call('POST', `/v1/messages/${messageId}/acknowledge`, { json: { by: 'Ann' } })).json).toMatchObject(
    { status, code },
  );
});

test('a message that has ended is not asked at all', async () => {
  const message = newMessage();
  await messages.recordOutcome({ messageId: message.messageId, message, heardEventIds: [], outcome: newOutcome() });
  const answer = await api.call('POST', `/v1/messages/${message.messageId}/cancel`);
  expect(answer.json).toMatchObject({ status: 409, code: 'message_closed' });
  expect(api.client.asked).toEqual([]);
});

test('the open tasks of a tenant are listed by queue, with the way to close them', async () => {
  const messageId = await acceptMessage();
  const { tasks } = api.stores;
  const at = { openedAt: '2026-01-02T03:04:05.000Z', dueAt: '2026-01-02T04:04:05.000Z' };
  await tasks.open({ messageId, tenant: 'acme', step: 1, queue: 'support', reason: 'nobody answers', ...at });

  const id = messageId.replace('msg_', 'task_') + '_1';
  const task = {
    ...{ id, messageId, queue: 'support', step: 1, status: 'open', reason: 'nobody answers', ...at },
    ...{ cameFrom: null, passesTo: null, claim: null, closing: null },
    links: {
      self: `/v1/tasks/${id}`,
      message: `/v1/messages/${messageId}`,
      claim: `/v1/tasks/${id}/claim`,
      note: `/v1/tasks/${id}/note`,
      giveBack: `/v1/tasks/${id}/give-back`,
      acknowledge: `/v1/tasks/${id}/acknowledge`,
    },
  };
  const page = { tasks: [task], nextCursor: null };
  const none = { tasks: [], nextCursor: null };
  expect((await api.call('GET', '/v1/tasks')).json).toEqual(page);
  expect((await api.call('GET', '/v1/tasks?queue=support')).json).toEqual(page);
  expect((await api.call('GET', '/v1/tasks?queue=sales')).json).toEqual(none);
  expect((await api.call('GET', '/v1/tasks', { key: GLOBEX })).json).toEqual(none);
});
