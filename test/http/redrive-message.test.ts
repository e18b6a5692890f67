import { type NewMessage } from '../../src/database/message-store';
import { type Outcome } from '../../src/domain/outcome';
import { TemporalUnavailableError } from '../../src/temporal/errors';
import { newMessage, newOutcome } from '../support/database-fixtures';
import { GLOBEX, startTestApi, type TestApi } from './support/test-api';

const DEAD: Outcome = newOutcome({
  kind: 'failed',
  errorCode: 20003,
  errorClass: 'config',
  dead: 'configuration',
  reason: 'error 20003: the login or its permissions were refused',
});
const REQUEST = { to: '+12025550101', body: 'Your parcel is at the door.' };

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  api.client.failure = undefined;
  api.client.started.length = 0;
});

async function ended(outcome: Outcome): Promise<NewMessage> {
  const message = newMessage();
  await api.stores.messages.accept(message);
  const { messageId } = message;
  await api.stores.messages.recordOutcome({ messageId, message, outcome, heardEventIds: [] });
  return message;
}

const redrive = (messageId: string, options = {}) => api.call('POST', `/v1/messages/${messageId}/redrive`, options);

test('a dead message is opened and started, and says so', async () => {
  const { messageId, workflowId } = await ended(DEAD);
  const answer = await redrive(messageId);
  expect(answer.status).toBe(202);
  expect(answer.headers.get('Idempotent-Replayed')).toBeNull();
  const self = `/v1/messages/${messageId}`;
  expect(answer.json).toEqual({
    id: messageId,
    workflowId,
    status: 'sending',
    links: { self, cancel: `${self}/cancel`, acknowledge: `${self}/acknowledge`, redrive: `${self}/redrive` },
  });
  expect(api.client.started).toMatchObject([{ messageId, redrive: 1 }]);
  expect((await api.call('GET', self)).json).toMatchObject({
    status: 'sending',
    outcome: null,
    dead: null,
    redrives: [{ number: 1, by: 'acme', was: { kind: 'failed', errorCode: 20003 } }],
  });
});

test('again while it is open gives the same answer, and starts it only when nobody has', async () => {
  const message = await ended(DEAD);
  const first = await redrive(message.messageId);
  const second = await redrive(message.messageId);
  expect(second.status).toBe(202);
  expect(second.headers.get('Idempotent-Replayed')).toBe('true');
  expect(second.json).toEqual(first.json);
  expect(api.client.started).toHaveLength(2);
  await api.deps.deadLetters.reopen({ messageId: message.messageId, by: 'tests' });
  await api.stores.messages.beginAttempt(
    { ...message, redrive: 1 },
    { number: 2, step: 0, channel: 'sms', sender: '+12025550100', recipient: '+12025550101' },
  );
  await redrive(message.messageId);
  expect(api.client.started).toHaveLength(2);
});

test('while Temporal does not answer it is accepted, and left to the sweep', async () => {
  const { messageId } = await ended(DEAD);
  api.client.failure = new TemporalUnavailableError('away');
  expect((await redrive(messageId)).status).toBe(202);
  expect((await api.call('GET', `/v1/messages/${messageId}`)).json).toMatchObject({ status: 'sending' });
});

test('the same idempotency key while it is open again starts the redrive, and is no new message', async () => {
  const headers = { 'Idempotency-Key': 'key-of-a-redriven-message' };
  const { json } = await api.call('POST', '/v1/messages', { json: REQUEST, headers });
  const { id: messageId } = json as { id: string };
  const [message] = api.client.started;
  const start = { ...(message as NewMessage), workflowId: `deliver-${messageId}` };
  await api.stores.messages.recordOutcome({ messageId, message: start, outcome: DEAD, heardEventIds: [] });
  api.client.failure = new TemporalUnavailableError('away');
  await redrive(messageId);
  api.client.failure = undefined;
  const again = await api.call('POST', '/v1/messages', { json: REQUEST, headers });
  expect([again.status, again.headers.get('Idempotent-Replayed')]).toEqual([202, 'true']);
  expect(api.client.started.at(-1)).toMatchObject({ messageId, redrive: 1 });
});

test.each([
  ['delivered', 'It arrived'],
  ['opted_out', 'The recipient does not want it'],
  ['canceled', 'canceled on purpose'],
  ['unconfirmed', 'ask the recipient before anything is sent again'],
  ['failed', 'nothing of ours that could be mended'],
] as const)('%s is nothing of ours to repair', async (kind, remedy) => {
  const { messageId } = await ended(newOutcome({ kind }));
  const answer = await redrive(messageId);
  expect(answer.status).toBe(409);
  expect(answer.json).toMatchObject({ code: 'message_not_dead', detail: expect.stringContaining(remedy) as string });
  expect(api.client.started).toEqual([]);
});

test('a message that has not ended, or that is somebody else’s, is left alone', async () => {
  const open = newMessage();
  await api.stores.messages.accept(open);
  const answer = await redrive(open.messageId);
  expect(answer.status).toBe(409);
  expect(answer.json).toMatchObject({ code: 'message_still_open' });

  const { messageId } = await ended(DEAD);
  expect((await redrive(messageId, { key: GLOBEX })).status).toBe(404);
  expect((await redrive('msg_nobody')).status).toBe(404);
  expect((await redrive(messageId, { json: { force: true } })).status).toBe(400);
  expect((await redrive(messageId)).status).toBe(202);
});

test('dead messages are listed with their cause and remedy', async () => {
  const { messageId } = await ended(DEAD);
  await ended(newOutcome({ kind: 'failed', errorCode: 30003, errorClass: 'retry' }));
  const { json } = await api.call('GET', '/v1/messages?dead=true&outcome=failed');
  expect(json).toMatchObject({
    messages: [
      {
        id: messageId,
        outcome: { kind: 'failed', errorCode: 20003 },
        dead: { cause: 'configuration', remedy: expect.stringContaining('TWILIO_API_KEY_SECRET') as string },
      },
    ],
  });
  expect((await api.call('GET', '/v1/messages?dead=perhaps')).status).toBe(400);
});
