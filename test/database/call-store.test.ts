import { type CallStore, createCallStore, type NewCall } from '../../src/database/call-store';
import { createMessageStore } from '../../src/database/message-store';
import { createOptOutStore } from '../../src/database/opt-out-store';
import { createTraceStore } from '../../src/database/trace-store';
import { type CallEvent } from '../../src/domain/call-event';
import { type CallSid } from '../../src/domain/sid';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newMessage, newOptOut, newSid } from '../support/database-fixtures';

let clone: TestDatabase;
let calls: CallStore;
beforeAll(async () => {
  clone = await createTestDatabase();
  calls = createCallStore(clone.database);
});
afterAll(() => clone.drop());

const CALLER = '+12025550102';
let numbers = 0;
function newCall(overrides: Partial<NewCall> = {}): NewCall {
  numbers += 1;
  const recipient = `+1202${5_560_000 + numbers}`;
  return { number: 1, step: 1, channel: 'voice', sender: CALLER, recipient, ...overrides };
}

function ringing(callSid: CallSid): CallEvent {
  return {
    kind: 'status',
    eventId: `${callSid}:status:1:ringing`,
    callSid,
    at: '2026-11-20T12:00:00.000Z',
    status: 'ringing',
    sequence: 1,
  };
}

const shown = async (tenant: string, messageId: string) =>
  await createMessageStore(clone.database).find(tenant, messageId);

test('a call is begun once: a repetition finds its create open, until that is proved to have left nothing', async () => {
  const [message, call] = [newMessage(), newCall()];
  const first = await calls.begin(message, call);
  const again = await calls.begin(message, call);
  expect(first.createId).toEqual(expect.any(String));
  expect(again).toMatchObject({ openCreate: { createId: first.createId } });
  expect(again.createId).toBeUndefined();
  const proved = await calls.begin(message, call, first.createId);
  expect(proved.createId).toEqual(expect.any(String));
  expect(proved.createId).not.toBe(first.createId);
});

test('one open create for two numbers, whatever comes at once', async () => {
  const call = newCall();
  const grants = await Promise.all([1, 2, 3].map(() => calls.begin(newMessage(), call)));
  expect(grants.filter(({ createId }) => createId !== undefined)).toHaveLength(1);
  expect(grants.filter(({ isLineTaken }) => isLineTaken === true)).toHaveLength(2);
});

test('an attempt keeps the sender that it was begun with, and the line that it takes', async () => {
  const [message, call] = [newMessage(), newCall()];
  const other = '+12025550103';
  const first = await calls.begin(message, call);
  expect(first.sender).toBe(CALLER);
  await expect(calls.begin(message, { ...call, sender: other })).resolves.toMatchObject({ sender: CALLER });
  const proved = await calls.begin(message, { ...call, sender: other }, first.createId);
  expect(proved).toMatchObject({ sender: CALLER, createId: expect.any(String) as string });
  await expect(calls.begin(newMessage(), call)).resolves.toMatchObject({ isLineTaken: true });
  await expect(calls.begin(newMessage(), { ...call, sender: other })).resolves.not.toHaveProperty('isLineTaken');
});

test('a repetition with another sender waits for the line of the one that the attempt has', async () => {
  const [message, call] = [newMessage(), newCall()];
  const { createId } = await calls.begin(message, call);
  await createMessageStore(clone.database).withdrawCreate(message.messageId, 1, createId ?? '');
  await calls.begin(newMessage(), call);
  const again = await calls.begin(message, { ...call, sender: '+12025550103' });
  expect(again).toMatchObject({ sender: CALLER, isLineTaken: true });
  expect(again.createId).toBeUndefined();
});

test.each([
  ['whom the message was sent to is noted with their conversation', {}, true],
  ['somebody else is not', { recipient: '+12025550188' }, false],
])('a call of %s', async (_, elsewhere, isNoted) => {
  const [message, call] = [newMessage(), newCall({ number: 2 })];
  const opened = { conversationSid: newSid('CH'), participantSid: newSid('MB') };
  const { recipient } = call;
  await createMessageStore(clone.database).beginAttempt(message, newAttempt({ recipient }), { opened });
  const { conversationSid, participantSid } = await calls.begin(message, { ...call, ...elsewhere });
  const noted = { conversationSid, participantSid };
  expect(noted).toEqual(isNoted ? opened : { conversationSid: undefined, participantSid: undefined });
});

test('a call that is known leaves the line to others, and no other attempt takes it over', async () => {
  const [message, other, call] = [newMessage(), newMessage(), newCall()];
  const callSid = newSid('CA');
  await calls.begin(message, call);
  await calls.recordPlaced(message.messageId, 1, { callSid });
  await expect(calls.begin(message, call)).resolves.toMatchObject({ callSid });
  expect((await calls.begin(other, call)).createId).toEqual(expect.any(String));
  await expect(calls.heldByOthers([callSid], other.messageId, 1)).resolves.toEqual([callSid]);
  await expect(calls.heldByOthers([callSid], message.messageId, 1)).resolves.toEqual([]);
  await expect(calls.recordPlaced(other.messageId, 1, { callSid })).rejects.toThrow();
});

test('a callback tells the attempt its call, once, and is due for a signal until it is settled', async () => {
  const [message, call] = [newMessage(), newCall()];
  const { messageId, tenant, workflowId } = message;
  const told = { messageId, attempt: 1, event: ringing(newSid('CA')) };
  await calls.begin(message, call);
  const match = { workflowId, tenant, recipient: call.recipient };
  await expect(calls.storeEvent(told)).resolves.toEqual({ ...told, match, isNew: true });
  await expect(calls.storeEvent(told)).resolves.toMatchObject({ isNew: false });
  await expect(calls.begin(message, call)).resolves.toMatchObject({ callSid: told.event.callSid });
  expect((await shown(tenant, messageId))?.attempts).toMatchObject([{ channel: 'voice', callSid: told.event.callSid }]);

  const settled: unknown[] = [];
  const look = (): Promise<number> =>
    calls.relayDue(10, (stored) => {
      settled.push(stored);
      return Promise.resolve();
    });
  await look();
  expect(settled).toEqual([]);
  await clone.database.raw('update call_events set signal_due_at = now() where message_id = ?', [messageId]);
  await look();
  await look();
  expect(settled).toEqual([{ ...told, match }]);
});

test('a second call of one attempt takes nothing over, and a call of nobody is not stored', async () => {
  const message = newMessage();
  const [first, second] = [newSid('CA'), newSid('CA')];
  const { messageId, tenant } = message;
  await calls.begin(message, newCall());
  await calls.recordPlaced(messageId, 1, { callSid: first });
  await calls.storeEvent({ messageId, attempt: 1, event: ringing(second) });
  expect((await shown(tenant, messageId))?.attempts[0]?.callSid).toBe(first);
  await expect(calls.storeEvent({ messageId, attempt: 7, event: ringing(newSid('CA')) })).resolves.toBeUndefined();
  const traces = createTraceStore(clone.database);
  for (const id of [first, second]) {
    await expect(traces.messagesOf({ kind: 'CA', id }, { limit: 10 })).resolves.toMatchObject([{ messageId }]);
  }
});

test('the timeline has the call with what is configured beside it', async () => {
  const message = newMessage();
  const placed = { callSid: newSid('CA'), applicationSid: newSid('AP'), conductorSid: newSid('CN') };
  await calls.begin(message, newCall());
  await calls.recordPlaced(message.messageId, 1, placed);
  const { timeline = [] } = (await shown(message.tenant, message.messageId)) ?? {};
  expect(timeline.find(({ kind }) => kind === 'handed_to_twilio')?.detail).toEqual(placed);
});

test('what may be under way is an attempt with a call, or with a create without an answer', async () => {
  const message = newMessage();
  const { messageId } = message;
  const callSid = newSid('CA');
  const [known, lost, heldBack] = [newCall(), newCall({ number: 2 }), newCall({ number: 3 })];
  await calls.begin(message, known);
  await calls.recordPlaced(messageId, 1, { callSid });
  const { createId } = await calls.begin(message, lost);
  await createOptOutStore(clone.database).record(newOptOut({ address: heldBack.recipient, scope: {} }));
  await calls.begin(message, heldBack);

  const left = await calls.leftBy(messageId, [1, 2, 3]);
  expect(left).toMatchObject([
    { number: 1, callSid, recipient: known.recipient, sender: CALLER },
    { number: 2, openCreate: { createId }, recipient: lost.recipient },
  ]);
  expect(left[0]).not.toHaveProperty('openCreate');
  await expect(calls.leftBy(messageId, [2])).resolves.toMatchObject([{ number: 2 }]);
  await expect(calls.leftBy(newMessage().messageId, [1, 2])).resolves.toEqual([]);
});

test.each([
  [{ channel: 'voice' }, true],
  [{}, true],
  [{ channel: 'sms' }, false],
] as const)('an opt-out of %j holds a call back: %s', async (scope, isHeldBack) => {
  const call = newCall();
  await createOptOutStore(clone.database).record(newOptOut({ address: call.recipient, scope }));
  const { createId, optOut } = await calls.begin(newMessage(), call);
  expect([optOut !== undefined, createId === undefined]).toEqual([isHeldBack, isHeldBack]);
});
