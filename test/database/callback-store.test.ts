import { type CallbackStore, createCallbackStore } from '../../src/database/callback-store';
import { InvalidCursorError } from '../../src/database/invalid-cursor-error';
import { createMessageStore } from '../../src/database/message-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { ANY_TIME, newMessage, newOutcome } from '../support/database-fixtures';

const URL = 'https://example.com/hook';
const BATCH = { limit: 10, pauseMs: 60_000 };

let clone: TestDatabase;
let callbacks: CallbackStore;
beforeAll(async () => {
  clone = await createTestDatabase();
  callbacks = createCallbackStore(clone.database);
});
afterAll(() => clone.drop());
afterEach(() => clone.database('messages').delete());

/** A message that has failed, and the id of its callback. */
async function failed(tenant = 'acme', minutesAgo = 0): Promise<{ messageId: string; callbackId: string }> {
  const message = newMessage({ tenant });
  const { messageId } = message;
  const listened = { ...message, request: { ...message.request, callbackUrl: URL } };
  await createMessageStore(clone.database).recordOutcome({
    messageId,
    message: listened,
    outcome: newOutcome({ kind: 'failed' }),
    heardEventIds: [],
  });
  const at = new Date(Date.now() - minutesAgo * 60_000);
  const [row] = await clone
    .database('callbacks')
    .where({ message_id: messageId })
    .update({ at, pending_since: at })
    .returning<{ callback_id: string }[]>('callback_id');
  return { messageId, callbackId: row?.callback_id ?? '' };
}

async function dead(tenant?: string, minutesAgo?: number): Promise<{ messageId: string; callbackId: string }> {
  const ids = await failed(tenant, minutesAgo);
  await callbacks.recordTry(ids.callbackId, { status: 'dead', problem: 'the caller answered 500' });
  return ids;
}

it('gives what it takes to tell a callback, until it is told', async () => {
  const { callbackId, messageId } = await failed();
  await expect(callbacks.findUntold(callbackId)).resolves.toEqual({
    callbackId,
    messageId,
    tenant: 'acme',
    type: 'message.failed',
    at: ANY_TIME,
    facts: { status: 'closed', outcome: newOutcome({ kind: 'failed' }) },
    metadata: { order: '4711' },
    url: URL,
    tries: 0,
  });
  await callbacks.recordTry(callbackId, { status: 'pending', problem: 'the caller answered 500' });
  await expect(callbacks.findUntold(callbackId)).resolves.toMatchObject({ tries: 1 });
  await callbacks.recordTry(callbackId, { status: 'delivered' });
  await expect(callbacks.findUntold(callbackId)).resolves.toBeUndefined();
  await expect(callbacks.findUntold('evt_0')).resolves.toBeUndefined();

  await callbacks.recordTry(callbackId, { status: 'dead', problem: 'too late' });
  const shown = await callbacks.show('acme', callbackId);
  expect(shown).toEqual({
    callbackId,
    messageId,
    tenant: 'acme',
    type: 'message.failed',
    status: 'delivered',
    at: ANY_TIME,
    tries: 2,
    triedAt: ANY_TIME,
  });
  await expect(callbacks.show('globex', callbackId)).resolves.toBeUndefined();
});

it('lists by tenant, status, message and time, in pages', async () => {
  const old = await dead('acme', 30);
  const young = await failed('acme', 10);
  await dead('globex', 20);
  const idsOf = async (filter: object): Promise<string[]> =>
    (await callbacks.list({ limit: 10, ...filter })).callbacks.map(({ callbackId }) => callbackId);

  await expect(idsOf({ tenant: 'acme' })).resolves.toEqual([young.callbackId, old.callbackId]);
  await expect(idsOf({})).resolves.toHaveLength(3);
  await expect(idsOf({ tenant: 'acme', status: 'dead' })).resolves.toEqual([old.callbackId]);
  await expect(idsOf({ messageId: young.messageId })).resolves.toEqual([young.callbackId]);
  const since = new Date(Date.now() - 15 * 60_000).toISOString();
  await expect(idsOf({ since })).resolves.toEqual([young.callbackId]);

  const first = await callbacks.list({ tenant: 'acme', limit: 1 });
  const second = await callbacks.list({ tenant: 'acme', limit: 1, cursor: first.nextCursor ?? '' });
  expect(second.callbacks.map(({ callbackId }) => callbackId)).toEqual([old.callbackId]);
  expect(second.nextCursor).toBeUndefined();
  await expect(callbacks.list({ limit: 1, cursor: 'nonsense' })).rejects.toThrow(InvalidCursorError);
});

it('redrives the dead ones that are selected, the oldest first, under their own ids', async () => {
  const younger = await dead('acme', 10);
  const older = await dead('acme', 30);
  const foreign = await dead('globex', 20);
  const pending = await failed('acme', 40);
  await expect(callbacks.redrive({ tenant: 'globex', callbackId: older.callbackId }, 1)).resolves.toEqual([]);
  await expect(callbacks.redrive({ callbackId: pending.callbackId }, 1)).resolves.toEqual([]);
  await expect(callbacks.redrive({ tenant: 'acme' }, 1)).resolves.toEqual([{ ...older, tenant: 'acme' }]);
  await expect(callbacks.findUntold(older.callbackId)).resolves.toMatchObject({ tries: 0, type: 'message.failed' });
  const since = new Date(Date.now() - 15 * 60_000).toISOString();
  await expect(callbacks.redrive({ since }, 10)).resolves.toEqual([{ ...younger, tenant: 'acme' }]);
  await expect(callbacks.redrive({ messageId: foreign.messageId }, 10)).resolves.toHaveLength(1);
});

describe('for the sweep', () => {
  const untoldIds = async (): Promise<string[]> => (await callbacks.untold(BATCH)).map(({ callbackId }) => callbackId);

  it('an old callback may lack its workflow; a young one, a told one and a dead one do not', async () => {
    const old = await failed('acme', 2);
    await failed('acme', 0);
    await dead('acme', 2);
    const told = await failed('acme', 2);
    await callbacks.recordTry(told.callbackId, { status: 'delivered' });
    await expect(callbacks.untold(BATCH)).resolves.toEqual([{ ...old, tenant: 'acme' }]);
  });

  it('the pauses between two looks double', async () => {
    const { callbackId } = await failed('acme', 30);
    await callbacks.recordChecked([callbackId]);
    await expect(untoldIds()).resolves.toEqual([]);
    const lookedAt = (minutesAgo: number) =>
      clone
        .database('callbacks')
        .where({ callback_id: callbackId })
        .update({ checked_at: new Date(Date.now() - minutesAgo * 60_000) });
    await lookedAt(10);
    await expect(untoldIds()).resolves.toEqual([]);
    await lookedAt(20);
    await expect(untoldIds()).resolves.toEqual([callbackId]);
  });

  it('a redriven callback is young again', async () => {
    const { callbackId } = await dead('acme', 30);
    await callbacks.redrive({ callbackId }, 1);
    await expect(untoldIds()).resolves.toEqual([]);
  });
});

it('goes with its message', async () => {
  const { callbackId, messageId } = await failed();
  await clone.database('messages').where({ message_id: messageId }).delete();
  await expect(callbacks.findUntold(callbackId)).resolves.toBeUndefined();
});
