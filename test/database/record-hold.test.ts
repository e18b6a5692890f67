import { createMessageStore, type MessageStore, type NewMessage } from '../../src/database/message-store';
import { type WrittenCallback } from '../../src/database/written-callback';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { newAttempt, newMessage, newOutcome } from '../support/database-fixtures';
import { nextMillisecond } from '../support/next-millisecond';

const HOLD = { until: '2026-11-21T13:00:00.000Z', because: 'allowed from 08:00 to 21:00' };
const LATER = { ...HOLD, until: '2026-11-22T13:00:00.000Z' };

let clone: TestDatabase;
let messages: MessageStore;
let announced: WrittenCallback[] = [];
beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database, (written) => Promise.resolve(void announced.push(...written)));
});
beforeEach(() => {
  announced = [];
});
afterAll(() => clone.drop());

const scheduled = (): NewMessage => {
  const message = newMessage();
  return { ...message, request: { ...message.request, sendAt: '2026-11-21T04:00:00.000Z' } };
};
async function holdsOf({ messageId, tenant }: NewMessage) {
  const found = await messages.find(tenant, messageId);
  const holds = found?.timeline.filter(({ kind }) => kind === 'held').map(({ detail }) => detail);
  return { status: found?.status, holds, kinds: found?.timeline.map(({ kind }) => kind) };
}

it('keeps a message as scheduled, then as held, then as what happens next', async () => {
  const message = scheduled();
  await messages.accept(message);
  await expect(holdsOf(message)).resolves.toMatchObject({ status: 'scheduled', holds: [] });
  await messages.recordHold(message, HOLD);
  await expect(holdsOf(message)).resolves.toMatchObject({ status: 'held', holds: [HOLD] });
  await messages.beginAttempt(message, newAttempt());
  await expect(holdsOf(message)).resolves.toMatchObject({ status: 'sending', holds: [HOLD] });
});

it('lists held and scheduled messages by their status', async () => {
  const tenant = 'lister';
  const held = { ...newMessage(), tenant };
  const waiting = { ...scheduled(), tenant };
  await messages.recordHold(held, HOLD);
  await messages.accept(waiting);
  const idsOf = async (status: 'held' | 'scheduled') =>
    (await messages.list({ tenant, status, limit: 10 })).messages.map(({ messageId }) => messageId);
  await expect(idsOf('held')).resolves.toEqual([held.messageId]);
  await expect(idsOf('scheduled')).resolves.toEqual([waiting.messageId]);
});

it('writes each hold once, however often it is told', async () => {
  const message = newMessage();
  await messages.accept(message);
  for (const hold of [HOLD, HOLD, LATER, HOLD]) {
    await messages.recordHold(message, hold);
    await nextMillisecond(clone.database);
  }
  await expect(holdsOf(message)).resolves.toMatchObject({ holds: [HOLD, LATER] });
});

it('writes a message that has no row yet', async () => {
  const message = newMessage();
  await messages.recordHold(message, HOLD);
  await expect(holdsOf(message)).resolves.toEqual({ status: 'held', holds: [HOLD], kinds: ['accepted', 'held'] });
});

it('leaves a message closed', async () => {
  const message = newMessage();
  await messages.recordOutcome({ messageId: message.messageId, message, heardEventIds: [], outcome: newOutcome() });
  await messages.recordHold(message, HOLD);
  await expect(holdsOf(message)).resolves.toMatchObject({ status: 'closed' });
});

it('is not looked for by the sweep any more: the workflow is there', async () => {
  const message = newMessage();
  await messages.accept(message);
  await messages.recordHold(message, HOLD);
  await expect(messages.accept(message)).resolves.toEqual({ kind: 'replayed', status: 'held', isStarted: true });
});

it('tells the caller once, until when and why', async () => {
  const message = newMessage();
  const listened = { ...message, request: { ...message.request, callbackUrl: 'https://example.com/hook' } };
  await messages.recordHold(listened, HOLD);
  await messages.recordHold(listened, HOLD);
  const rows = await clone.database('callbacks').where({ message_id: message.messageId }).select('type', 'facts');
  expect(rows).toEqual([{ type: 'message.held', facts: { status: 'held', hold: HOLD } }]);
  expect(announced).toHaveLength(1);
});
