import { type CallStore, createCallStore } from '../../src/database/call-store';
import { createInboxStore, type InboxStore } from '../../src/database/inbox-store';
import { type CreatedMessage, createMessageStore, type MessageStore } from '../../src/database/message-store';
import { createOutcomeCorrector, type OutcomeCorrector } from '../../src/database/outcome-corrector';
import { type CallEvent } from '../../src/domain/call-event';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type Outcome } from '../../src/domain/outcome';
import { DEFAULT_VOICE_STEP, type CallAcknowledgement } from '../../src/domain/policy';
import { createTestDatabase, type TestDatabase } from '../support/database';
import {
  ANY_TIME,
  AT_ONCE_MS,
  newAttempt,
  newCreated,
  newMessage,
  newOutcome,
  newReceipt,
  newSid,
} from '../support/database-fixtures';

let clone: TestDatabase;
let messages: MessageStore;
let inbox: InboxStore;
let calls: CallStore;
let correct: OutcomeCorrector;
beforeAll(async () => {
  clone = await createTestDatabase();
  messages = createMessageStore(clone.database);
  inbox = createInboxStore(clone.database);
  calls = createCallStore(clone.database);
  correct = createOutcomeCorrector(clone.database, DEFAULT_OPT_OUT_CODES);
});
afterAll(() => clone.drop());

const UNCONFIRMED = newOutcome({ kind: 'unconfirmed', reason: 'silence' });

/** A message with one attempt at Twilio. */
async function sent(tenant = 'acme') {
  const message = newMessage({ tenant });
  const created = newCreated();
  const { messageId } = message;
  await messages.beginAttempt(message, newAttempt(), { opened: created });
  await messages.recordCreated(messageId, 1, created);
  return { messageId, message, created };
}

/** A message that ended before any receipt came. */
async function closed(outcome: Outcome = UNCONFIRMED, tenant?: string) {
  const { messageId, message, created } = await sent(tenant);
  await messages.recordOutcome({ messageId, message, heardEventIds: [], outcome });
  return { messageId, created };
}
const find = (messageId: string) => messages.find('acme', messageId);
const store = (created: CreatedMessage, status: string, errorCode?: number) =>
  inbox.store(newReceipt(created, { status, ...(errorCode === undefined ? {} : { errorCode }) }));

test('a late delivery corrects the outcome once, and what it was is kept', async () => {
  const { messageId, created } = await closed();
  await store(created, 'delivered');
  const is = {
    kind: 'delivered',
    channel: 'sms',
    attempt: 1,
    reason: 'it reached the handset of the recipient',
    at: '2026-01-02T03:04:05.000Z',
  };
  const because = 'after the end a receipt of attempt 1 came: delivered';
  const correction = { was: UNCONFIRMED, is, because, at: ANY_TIME };
  expect(await correct(messageId)).toEqual(correction);
  expect(await correct(messageId)).toBeUndefined();

  const found = await find(messageId);
  expect(found).toMatchObject({ status: 'closed', outcome: is, corrections: [correction] });
  expect(found?.timeline.at(-1)).toEqual({
    at: found?.corrections[0]?.at,
    kind: 'outcome_corrected',
    attempt: 1,
    detail: { was: 'unconfirmed', is: 'delivered', because },
  });
});

test('every correction is kept, and each begins where the one before ended', async () => {
  const { messageId, created } = await closed();
  for (const [status, errorCode] of [['failed', 30005], ['delivered'], ['read']] as const) {
    await store(created, status, errorCode);
    await correct(messageId);
  }
  const { corrections = [], outcome } = (await find(messageId)) ?? {};
  expect(corrections.map(({ was, is }) => `${was.kind} → ${is.kind}`)).toEqual([
    'unconfirmed → undeliverable',
    'undeliverable → delivered',
    'delivered → read',
  ]);
  expect(outcome).toEqual(corrections.at(-1)?.is);
});

test('of receipts that come at once none is lost', async () => {
  const { messageId, created } = await closed();
  const statuses = ['sent', 'undelivered', 'failed', 'delivered', 'read'];
  await Promise.all(
    [...statuses, ...statuses].map(async (status) => {
      await store(created, status);
      await correct(messageId);
    }),
  );
  const { corrections = [], outcome } = (await find(messageId)) ?? {};
  expect(outcome?.kind).toBe('read');
  expect(corrections.slice(1).map(({ was }) => was)).toEqual(corrections.slice(0, -1).map(({ is }) => is));
});

test('what is told of another participant says nothing of the recipient', async () => {
  const { messageId, created } = await closed();
  await inbox.store(newReceipt(created, { participantSid: newSid('MB') }));
  expect(await correct(messageId)).toBeUndefined();
});

test('an open message and one that is not there are left alone', async () => {
  const { messageId, created } = await sent();
  await store(created, 'delivered');
  expect(await correct(messageId)).toBeUndefined();
  expect(await correct('msg_unknown')).toBeUndefined();
});

test('the list finds a message by what its outcome is now', async () => {
  const tenant = `tenant-${newSid('IM')}`;
  const { messageId, created } = await closed(UNCONFIRMED, tenant);
  await store(created, 'delivered');
  await correct(messageId);
  const listed = async (outcome: 'delivered' | 'unconfirmed') =>
    (await messages.list({ tenant, outcome, limit: 10 })).messages.map((message) => message.messageId);
  expect([await listed('delivered'), await listed('unconfirmed')]).toEqual([[messageId], []]);
});

describe('what is told of a call after the end', () => {
  const callSid = newSid('CA');
  const TOLD_AT = '2026-01-02T03:04:07.000Z';
  const about = (what: string) => ({ eventId: `${newSid('CA')}:${what}`, callSid, at: TOLD_AT });
  const KEY: CallEvent = { kind: 'key', ...about('key'), key: 'acknowledge' };
  const ANSWERED: CallEvent = { kind: 'status', ...about('completed'), status: 'completed', answeredBy: 'human' };
  const REFUSED: CallEvent = { kind: 'key', ...about('refused'), key: 'opt_out' };
  const outcome = newOutcome({ kind: 'unconfirmed', channel: 'voice', attempt: 2, reason: 'nothing proves it' });

  /** A message that ended with a call of which nothing was told. */
  async function closedByCall(acknowledge: CallAcknowledgement): Promise<string> {
    const base = newMessage();
    const { policy } = base.request;
    const escalation = [{ ...DEFAULT_VOICE_STEP, channel: 'voice' as const, acknowledge }];
    const request = { ...base.request, policy: { ...policy, escalation }, callbackUrl: 'https://example.com/told' };
    const message = { ...base, request };
    const { messageId } = message;
    await messages.beginAttempt(message, newAttempt());
    const call = { number: 2, step: 1, channel: 'voice', sender: '+12025550102', recipient: '+12025550103' } as const;
    await calls.begin(message, call);
    await messages.recordOutcome({ messageId, message, heardEventIds: [], outcome });
    return messageId;
  }
  const told = (messageId: string, event: CallEvent) =>
    calls.storeEvent({ messageId, attempt: 2, event: { ...event, eventId: `${messageId}:${event.eventId}` } });

  test('corrects the outcome, once, and the caller hears of it', async () => {
    const messageId = await closedByCall('keypress');
    await expect(told(messageId, KEY)).resolves.toMatchObject({ match: { isClosed: true } });
    const reason = 'a person acknowledged it by a key during the call';
    const is = { kind: 'acknowledged', channel: 'voice', attempt: 2, reason, at: TOLD_AT };
    const because = `what was told of the call of attempt 2 after the end: ${reason}`;
    expect(await correct(messageId)).toEqual({ was: outcome, is, because, at: ANY_TIME });
    expect(await correct(messageId)).toBeUndefined();
    expect(await find(messageId)).toMatchObject({ status: 'closed', outcome: is, corrections: [{ was: outcome, is }] });
    const callbacks = await clone.database('callbacks').where({ message_id: messageId });
    expect(callbacks.filter(({ type }) => type === 'message.outcome_corrected')).toMatchObject([
      { facts: { outcome: is, attempt: { number: 2, channel: 'voice' }, correction: { was: outcome, is, because } } },
    ]);
  });

  test.each<[string, CallAcknowledgement, CallEvent, string | undefined]>([
    ['a person took a call that was to be answered', 'answer', ANSWERED, 'delivered'],
    ['a person took a call that was to be acknowledged', 'keypress', ANSWERED, undefined],
    ['nobody wants calls any more', 'answer', REFUSED, undefined],
  ])('%s', async (_, acknowledge, event, kind) => {
    const messageId = await closedByCall(acknowledge);
    await told(messageId, event);
    expect((await correct(messageId))?.is.kind).toBe(kind);
  });
});

describe('the close of a message', () => {
  const isDue = async (eventId: string): Promise<boolean> =>
    (await clone.database('delivery_events').where({ event_id: eventId }).whereNotNull('signal_due_at')).length > 0;

  test('makes due what decides and was not heard, even when Temporal was told of it', async () => {
    const { messageId, message, created } = await sent();
    const stored = await Promise.all(['sent', 'undelivered', 'delivered'].map((status) => store(created, status)));
    const eventIds = stored.map(({ event }) => event.eventId);
    await Promise.all(eventIds.map((eventId) => inbox.markSettled(eventId)));
    const heardEventIds = eventIds.slice(1, 2);
    await messages.recordOutcome({ messageId, message, heardEventIds, outcome: UNCONFIRMED });
    expect(await Promise.all(eventIds.map(isDue))).toEqual([false, false, true]);
  });

  test('says whether its outcome is the one on record', async () => {
    const message = newMessage();
    const progress = { messageId: message.messageId, message, heardEventIds: [], outcome: UNCONFIRMED };
    expect(await messages.recordOutcome(progress)).toBe(true);
    expect(await messages.recordOutcome(progress)).toBe(true);
    expect(await messages.recordOutcome({ ...progress, outcome: newOutcome() })).toBe(false);
  });

  test('while the relay tells of a receipt keeps the receipt due, and the relay finds the message closed', async () => {
    await clone.database('delivery_events').update({ signal_due_at: null });
    const impatient = createInboxStore(clone.database, { signalGraceMs: AT_ONCE_MS });
    const { messageId, message, created } = await sent();
    const { event } = await impatient.store(newReceipt(created));
    const seen: (true | undefined)[] = [];
    await impatient.relayDue(10, async ({ match }) => {
      seen.push(match.isClosed);
      await messages.recordOutcome({ messageId, message, heardEventIds: [], outcome: UNCONFIRMED });
    });
    expect(await isDue(event.eventId)).toBe(true);
    await impatient.relayDue(10, ({ match }) => Promise.resolve(void seen.push(match.isClosed)));
    expect(await isDue(event.eventId)).toBe(false);
    expect(seen).toEqual([undefined, true]);
  });
});
