import { UpdateRefusedError } from '../../src/temporal/errors';
import { UPDATE_REFUSALS } from '../../workflows/contract';
import { newMessage } from '../support/database-fixtures';
import { startTestApi, type TestApi } from './support/test-api';

const HOUR_MS = 3_600_000;
const HOLD = { until: '2026-11-21T13:00:00.000Z', because: 'allowed from 08:00 to 21:00' };
const REQUEST = { to: '+12025550101', body: 'Your parcel is at the door.' };

let api: TestApi;
let keys = 0;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  api.client.failure = undefined;
  api.client.asked.length = 0;
  api.client.started.length = 0;
});
afterEach(() => jest.useRealTimers());

const inMs = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();
const newKey = (): string => `time-${(keys += 1)}`;
const post = (json: object, key: string) =>
  api.call('POST', '/v1/messages', { json: { ...REQUEST, ...json }, headers: { 'Idempotency-Key': key } });

/** Time goes on for the API; timers stay what they are. */
function goOn(milliseconds: number): void {
  jest.useFakeTimers({
    doNotFake: [
      'nextTick',
      'setImmediate',
      'setTimeout',
      'setInterval',
      'clearTimeout',
      'clearInterval',
      'queueMicrotask',
      'hrtime',
      'performance',
    ],
    now: Date.now() + milliseconds,
  });
}

test('a message for later is scheduled, and shows when it is sent and until when it is worth anything', async () => {
  const sendAt = inMs(HOUR_MS);
  const answer = await post({ sendAt, timeToLive: '10m', timeZone: 'Europe/Berlin' }, newKey());
  expect(answer.json).toMatchObject({ status: 'scheduled' });
  const expiresAt = new Date(Date.parse(sendAt) + 600_000).toISOString();
  expect(api.client.started[0]?.request).toMatchObject({ sendAt, expiresAt, timeZone: 'Europe/Berlin' });
  const { id } = answer.json as { id: string };
  expect((await api.call('GET', `/v1/messages/${id}`)).json).toMatchObject({
    status: 'scheduled',
    sendAt,
    expiresAt,
    timeZone: 'Europe/Berlin',
    ignoreQuietHours: null,
    held: null,
  });
});

test.each([
  [{ sendAt: '2020-01-01T00:00:00Z' }, 'sendAt is in the past: leave it out to send now'],
  [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt is over already: give a later moment, or leave it out'],
])('%j is refused', async (times, message) => {
  const answer = await post(times, newKey());
  expect(answer.json).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ message }] });
  expect(api.client.started).toEqual([]);
});

test('a repetition has the same answer when the time has come meanwhile, and counts from the first request', async () => {
  const key = newKey();
  const times = { sendAt: inMs(HOUR_MS), timeToLive: '10m' };
  const first = await post(times, key);
  goOn(24 * HOUR_MS);
  const second = await post(times, key);
  expect(second).toMatchObject({ status: 202, json: first.json });
  expect(second.headers.get('Idempotent-Replayed')).toBe('true');
});

test('a repetition that has to start the message gives it the time that it was accepted with', async () => {
  const key = newKey();
  await post({ timeToLive: '10m' }, key);
  goOn(60_000);
  await post({ timeToLive: '10m' }, key);
  const [first, second] = api.client.started;
  expect(first?.request.expiresAt).toBeDefined();
  expect(second?.request.expiresAt).toBe(first?.request.expiresAt);
});

test('a message that is held says until when and why', async () => {
  const message = newMessage();
  await api.stores.messages.recordHold(message, HOLD);
  const path = `/v1/messages/${message.messageId}`;
  expect((await api.call('GET', path)).json).toMatchObject({ status: 'held', held: HOLD });
});

test('release asks the workflow, in whose name and why', async () => {
  const message = newMessage();
  await api.stores.messages.recordHold(message, HOLD);
  const json = { by: 'Ann', reason: 'the guest has asked' };
  const answer = await api.call('POST', `/v1/messages/${message.messageId}/release`, { json });
  expect(answer.json).toMatchObject({
    id: message.messageId,
    released: true,
    by: 'Ann',
    heldUntil: expect.any(String) as string,
  });
  expect(api.client.asked).toEqual([{ update: 'release', messageId: message.messageId, request: json }]);
});

test.each([
  [{ by: 'Ann' }, 'reason is missing: give why it cannot wait'],
  [{ by: 'Ann', reason: ' ' }, 'reason is empty: say why it cannot wait'],
  [{ by: ' ', reason: 'now' }, 'by is empty: give the name of who releases it'],
])('release refuses %j', async (json, message) => {
  const accepted = newMessage();
  await api.stores.messages.accept(accepted);
  const answer = await api.call('POST', `/v1/messages/${accepted.messageId}/release`, { json });
  expect(answer.json).toMatchObject({ status: 400, errors: [{ message }] });
});

test('release says so when nothing is held', async () => {
  const message = newMessage();
  await api.stores.messages.accept(message);
  api.client.failure = new UpdateRefusedError(UPDATE_REFUSALS.notHeld, 'not held');
  const json = { by: 'Ann', reason: 'now' };
  const answer = await api.call('POST', `/v1/messages/${message.messageId}/release`, { json });
  expect(answer.json).toMatchObject({ status: 409, code: 'message_not_held' });
});
