import { createInboxStore, type InboxStore } from '../../src/database/inbox-store';
import {
  createMessageStore,
  type MessageStore,
  type NewMessage,
  type Progress,
} from '../../src/database/message-store';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  ANY_TIME,
  AT_ONCE_MS,
  newAttempt,
  newCreated,
  newMessage,
  newOutcome,
  newReceipt,
} from '../support/database-fixtures';

let clone: TestDatabase;
let messages: MessageStore;
let inbox: InboxStore;

beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  inbox = createInboxStore(clone.database, { signalGraceMs: AT_ONCE_MS });
});

afterAll(() => clone.drop());

const REFUSED = { kind: 'refused', errorCode: 30003, errorClass: 'retry', reason: 'the handset is off' } as const;

async function begunMessage(): Promise<NewMessage> {
  const message = newMessage();
  await messages.beginAttempt(message, newAttempt());
  return message;
}

function backingOff(messageId: string, overrides: Partial<Progress> = {}): Progress {
  const note = { kind: 'backing_off', attempt: 1, detail: { delayMs: 30_000 } } as const;
  return {
    messageId,
    status: 'backing_off',
    attemptEnd: { number: 1, result: REFUSED },
    heardEventIds: [],
    note,
    ...overrides,
  };
}

async function dueEventIds(): Promise<string[]> {
  return clone.database('delivery_events').whereNotNull('signal_due_at').pluck('event_id');
}

describe('progress', () => {
  test('ends the attempt, moves the status and notes both, however often it is told', async () => {
    const { messageId } = await begunMessage();
    await messages.recordProgress(backingOff(messageId));
    const found = await messages.find('acme', messageId);
    expect(found).toMatchObject({ status: 'backing_off', attempts: [{ result: REFUSED }] });
    expect(found?.timeline.slice(2)).toEqual([
      {
        at: ANY_TIME,
        kind: 'attempt_ended',
        attempt: 1,
        detail: { result: 'refused', errorCode: 30003, errorClass: 'retry' },
      },
      { at: ANY_TIME, kind: 'backing_off', attempt: 1, detail: { delayMs: 30_000 } },
    ]);
    await messages.recordProgress(backingOff(messageId));
    expect(await messages.find('acme', messageId)).toEqual(found);
  });

  test('without an end leaves the attempts alone', async () => {
    const { messageId } = await begunMessage();
    const note = { kind: 'cancel_requested', detail: {} } as const;
    await messages.recordProgress({ messageId, status: 'sending', heardEventIds: [], note });
    const found = await messages.find('acme', messageId);
    expect(found?.attempts[0]).not.toHaveProperty('result');
    expect(found?.timeline.at(-1)?.kind).toBe('cancel_requested');
  });

  test('the first result of an attempt stays', async () => {
    const { messageId } = await begunMessage();
    await messages.recordProgress(backingOff(messageId));
    await messages.recordProgress(backingOff(messageId, { attemptEnd: { number: 1, result: { kind: 'timed_out' } } }));
    const found = await messages.find('acme', messageId);
    expect(found?.attempts[0]?.result).toEqual(REFUSED);
    expect(found?.timeline.filter(({ kind }) => kind === 'attempt_ended')).toHaveLength(1);
  });

  test('notes that differ are both kept', async () => {
    const { messageId } = await begunMessage();
    const note = { kind: 'backing_off', attempt: 1, detail: { delayMs: 60_000 } } as const;
    await messages.recordProgress(backingOff(messageId));
    await messages.recordProgress(backingOff(messageId, { note }));
    const found = await messages.find('acme', messageId);
    expect(found?.timeline.filter(({ kind }) => kind === 'backing_off')).toHaveLength(2);
  });

  test('takes what was heard off the relay’s list and nothing else', async () => {
    const message = await begunMessage();
    const heard = await inbox.store(newReceipt(newCreated()));
    const unheard = await inbox.store(newReceipt(newCreated()));
    await messages.recordProgress(backingOff(message.messageId, { heardEventIds: [heard.event.eventId, 'unknown'] }));
    const due = await dueEventIds();
    expect(due).toContain(unheard.event.eventId);
    expect(due).not.toContain(heard.event.eventId);
  });

  test('a closed message keeps its status', async () => {
    const message = await begunMessage();
    await messages.recordOutcome({ messageId: message.messageId, heardEventIds: [], outcome: newOutcome(), message });
    await messages.recordProgress(backingOff(message.messageId));
    expect(await messages.find('acme', message.messageId)).toMatchObject({
      status: 'closed',
      attempts: [{ result: REFUSED }],
    });
  });

  test('of a message that does not exist is refused', async () => {
    await expect(messages.recordProgress(backingOff('msg_unknown'))).rejects.toMatchObject({
      fault: 'refused',
      constraint: 'timeline_message_id_fkey',
    });
  });
});

describe('the outcome', () => {
  test('closes message and attempt, takes the heard events, and is noted once', async () => {
    const message = await begunMessage();
    const { messageId } = message;
    const { event } = await inbox.store(newReceipt(newCreated()));
    const outcome = newOutcome({ kind: 'undeliverable', errorCode: 30005, errorClass: 'recipient' });
    const attemptEnd = { number: 1, result: { kind: 'timed_out' } } as const;
    const progress = { messageId, attemptEnd, heardEventIds: [event.eventId], outcome, message };
    await messages.recordOutcome(progress);
    const found = await messages.find('acme', messageId);
    expect(found).toMatchObject({ status: 'closed', outcome, attempts: [{ result: { kind: 'timed_out' } }] });
    expect(found?.timeline.slice(2)).toEqual([
      { at: ANY_TIME, kind: 'attempt_ended', attempt: 1, detail: { result: 'timed_out' } },
      {
        at: ANY_TIME,
        kind: 'closed',
        detail: { outcome: 'undeliverable', channel: 'sms', attempt: 1, errorCode: 30005 },
      },
    ]);
    expect(await dueEventIds()).not.toContain(event.eventId);

    const times = (): Promise<string[]> =>
      clone.database('messages').where({ message_id: messageId }).pluck('closed_at');
    const closedAt = await times();
    await messages.recordOutcome(progress);
    expect(await messages.find('acme', messageId)).toEqual(found);
    expect(await times()).toEqual(closedAt);
  });

  test('of a message without an attempt shows that a workflow had it', async () => {
    const message = newMessage();
    await messages.accept(message);
    const outcome = newOutcome({ kind: 'canceled', attempt: 0 });
    await messages.recordOutcome({ messageId: message.messageId, heardEventIds: [], outcome, message });
    expect(await messages.accept(message)).toEqual({ kind: 'replayed', status: 'closed', isStarted: true });
  });

  test('the first one stays', async () => {
    const message = await begunMessage();
    const { messageId } = message;
    const outcomes = [newOutcome({ kind: 'canceled' }), newOutcome({ kind: 'delivered' })];
    await Promise.all(
      outcomes.map((outcome) => messages.recordOutcome({ messageId, heardEventIds: [], outcome, message })),
    );
    const first = await messages.find('acme', messageId);
    expect(outcomes).toContainEqual(first?.outcome);
    await messages.recordOutcome({ messageId, heardEventIds: [], outcome: newOutcome({ kind: 'failed' }), message });
    expect(await messages.find('acme', messageId)).toEqual(first);
    expect(first?.timeline.filter(({ kind }) => kind === 'closed')).toHaveLength(1);
  });

  test('writes a message that a client started and that ended before any attempt', async () => {
    const message = newMessage();
    const outcome = newOutcome({ kind: 'canceled', attempt: 0 });
    await messages.recordOutcome({ messageId: message.messageId, heardEventIds: [], outcome, message });
    const found = await messages.find('acme', message.messageId);
    expect(found).toMatchObject({ status: 'closed', outcome, attempts: [], request: message.request });
    expect(found?.timeline.map(({ kind }) => kind)).toEqual(['accepted', 'closed']);
  });
});
