import { parseSid } from '../../src/domain/sid';
import { type FaultInput } from '../../src/simulator/faults/fault';
import { type Simulator } from '../../src/simulator/start-simulator';
import { toCallSnapshot } from '../../src/twilio/call-snapshot';
import { createVoiceGateway } from '../../src/twilio/create-voice-gateway';
import { type CallRequest } from '../../src/twilio/voice-gateway';
import { until } from '../support/until';
import { ACCOUNT, failureOf, PAIR, startTwilio } from './simulated-twilio';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startTwilio();
});
afterEach(() => simulator.stop());

const gateway = () => createVoiceGateway({ ...ACCOUNT, baseUrl: simulator.url, publicBaseUrl: 'http://127.0.0.1:9' });
const KEY = { messageId: `msg_${'a2'.repeat(16)}`, attempt: 1, step: 1 };
const REQUEST: CallRequest = {
  to: PAIR.recipient,
  from: PAIR.sender,
  key: KEY,
  instructions: { kind: 'inline', twiml: '<Response><Pause length="60"/></Response>' },
  ringTimeoutSeconds: 25,
  timeLimitSeconds: 120,
  detectMachine: 'end_of_message',
};
const NUMBERS = { to: PAIR.recipient, from: PAIR.sender };
const HOUR_MS = 3_600_000;
const fromNow = (milliseconds: number): Date => new Date(Date.now() + milliseconds);
const lately = () => ({ ...NUMBERS, notBefore: fromNow(-HOUR_MS), notAfter: fromNow(0) });

function script(ringMs: number): void {
  const rings = { fate: { kind: 'human' as const }, ringMs };
  simulator.control.scriptCalls({ to: PAIR.recipient, scripts: [{ calls: 'all', script: rings }] });
}

const fault = (effect: FaultInput['effect'], when: FaultInput['when'], operation: FaultInput['operation']): void =>
  void simulator.control.addFault({ operation, requests: 1, when, effect });

test('places a call as asked for, with its key in the callback URLs', async () => {
  const callSid = await gateway().placeCall({ ...REQUEST, conversationSid: parseSid(`CH${'d'.repeat(32)}`, 'CH') });
  const [call] = simulator.control.calls({ callSid });
  expect(call).toMatchObject({ ...NUMBERS, ringTimeoutSeconds: 25, timeLimitSeconds: 120 });
  expect(call?.machineDetection).toMatchObject({ mode: 'DetectMessageEnd', isAsync: true });
  expect(call?.statusCallback?.events).toEqual(['initiated', 'ringing', 'answered', 'completed']);
  const query = new URLSearchParams(call?.callbackQuery ?? '');
  expect(query.get('messageId')).toBe(KEY.messageId);
  expect(query.get('conversationSid')).toMatch(/^CHd+$/);
});

test('a call whose text is too long asks for it at the signed URL', async () => {
  await gateway().placeCall({ ...REQUEST, instructions: { kind: 'served' }, detectMachine: 'no' });
  const [call] = simulator.control.calls();
  expect(call?.instructions).toMatchObject({ kind: 'url', method: 'POST' });
  expect(call?.instructions).toHaveProperty('url', expect.stringContaining('for=speech'));
  expect(call?.machineDetection).toBeNull();
});

test.each([
  [{ kind: 'respond', status: 429, code: 20429, retryAfterSeconds: 2 }, 'before', 'rate_limited', 0],
  [{ kind: 'respond', status: 503, code: 20503 }, 'after', 'ambiguous', 1],
  [{ kind: 'reset' }, 'after', 'ambiguous', 1],
  [{ kind: 'reset' }, 'before', 'ambiguous', 0],
  [{ kind: 'respond', status: 400, code: 21211 }, 'before', 'refused', 0],
] as const)('a create that meets %j %s it was carried out is %s', async (effect, when, expected, placed) => {
  fault(effect, when, 'calls.create');
  const error = await failureOf(gateway().placeCall(REQUEST));
  expect(error.fault).toBe(expected);
  expect(error.operation).toBe('place call');
  expect(await gateway().findCalls(lately())).toHaveLength(placed);
});

test('finds calls from one number to another, those in the queue included, oldest first', async () => {
  script(60_000);
  const first = await gateway().placeCall(REQUEST);
  simulator.control.scriptCalls({
    to: PAIR.recipient,
    scripts: [{ calls: 'all', script: { fate: { kind: 'human' }, queueMs: 60_000 } }],
  });
  const second = await gateway().placeCall(REQUEST);
  await gateway().placeCall({ ...REQUEST, to: '+15550100002' });
  const found = await gateway().findCalls(lately());
  expect(found.map(({ callSid }) => callSid)).toEqual([first, second]);
  expect(found[1]).toMatchObject({ status: 'queued' });
});

test.each([
  ['is over', -2 * HOUR_MS, -HOUR_MS, 0],
  ['is to come', HOUR_MS, 2 * HOUR_MS, 0],
  ['was over half a minute ago by our clock', -HOUR_MS, -30_000, 1],
  ['begins in half a minute by our clock', 30_000, HOUR_MS, 1],
])('a call that was placed now belongs to a time that %s: found %p to %p, %p', async (_, fromMs, toMs, found) => {
  script(60_000);
  await gateway().placeCall(REQUEST);
  const span = { notBefore: fromNow(fromMs), notAfter: fromNow(toMs) };
  expect(await gateway().findCalls({ ...NUMBERS, ...span })).toHaveLength(found);
});

test('a call that Twilio has not dated yet is of now', () => {
  const before = Date.now();
  const undated = { sid: `CA${'f'.repeat(32)}`, status: 'queued', dateCreated: null, dateUpdated: null };
  const { createdAt, updatedAt } = toCallSnapshot({ ...undated, answeredBy: null, duration: null } as never);
  expect(Date.parse(createdAt)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(before);
});

test('finds calls on later pages, and gives up rather than to say that there is none', async () => {
  script(60_000);
  const client = gateway();
  for (let number = 0; number < 101; number += 1) {
    if (number === 21) {
      expect(await client.findCalls(lately())).toHaveLength(21);
    }
    await client.placeCall(REQUEST);
  }
  expect((await failureOf(client.findCalls(lately()))).fault).toBe('ambiguous');
});

test('ends a call that rings, one that is going on, and leaves one alone that is over', async () => {
  script(60_000);
  const ringing = await gateway().placeCall(REQUEST);
  expect(await gateway().endCall(ringing)).toMatchObject({ status: 'canceled', durationSeconds: 0 });
  script(0);
  const talking = await gateway().placeCall(REQUEST);
  await until('the answer', async () => (await gateway().fetchCall(talking)).status === 'in-progress');
  expect(await gateway().endCall(talking)).toMatchObject({ status: 'completed' });
  expect(await gateway().endCall(talking)).toMatchObject({ status: 'completed' });
});

test('a lost answer to an end is harmless', async () => {
  script(60_000);
  const callSid = await gateway().placeCall(REQUEST);
  fault({ kind: 'reset' }, 'after', 'calls.update');
  expect((await failureOf(gateway().endCall(callSid))).fault).toBe('unreachable');
  expect(await gateway().endCall(callSid)).toMatchObject({ status: 'canceled' });
});

test('nobody knows what a call says whose answer was lost: it is not told again', async () => {
  script(0);
  const callSid = await gateway().placeCall(REQUEST);
  await until('the answer', async () => (await gateway().fetchCall(callSid)).status === 'in-progress');
  fault({ kind: 'reset' }, 'after', 'calls.update');
  expect((await failureOf(gateway().redirectCall(callSid, '<Response/>'))).fault).toBe('ambiguous');
});

test('has a call say something else, as long as it is going on', async () => {
  script(0);
  const callSid = await gateway().placeCall({ ...REQUEST, detectMachine: 'start' });
  await until('the answer', async () => (await gateway().fetchCall(callSid)).answeredBy === 'human');
  expect(await gateway().redirectCall(callSid, '<Response><Say>!</Say></Response>')).toBe(true);
  await until('the end', async () => (await gateway().fetchCall(callSid)).status === 'completed');
  expect(simulator.control.calls({ callSid })[0]?.lines).toMatchObject([{ kind: 'said', text: '!' }]);
  expect(await gateway().redirectCall(callSid, '<Response/>')).toBe(false);
});
