import { ApplicationFailure } from '@temporalio/common';
import { type TakenUp } from '../../activities/take-up-message';
import { type EarlierAttempt } from '../../src/database/dead-letter-store';
import { type DeliveryEvent } from '../../src/domain/delivery-event';
import { DEFAULT_OPT_OUT_CODES } from '../../src/domain/opt-out-code';
import { type EscalationStep } from '../../src/domain/policy';
import { type ConversationSid } from '../../src/domain/sid';
import { deliveryEventSignal, SEND_FAILURES, stateQuery } from '../../workflows/contract';
import { until } from '../support/until';
import { buildConversationInput, buildInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';
import { handedOver, receipt, RECIPIENT } from './support/scripted-activities';

const delivered = () => handedOver((messageSid) => [receipt(messageSid, 'delivered')]);
const ON_CALL: EscalationStep = { channel: 'human', queue: 'on-call', acknowledgeTimeout: '50ms' };
const SECOND_ADDRESS: EscalationStep = { channel: 'sms', to: '+12025550124', deliveryTimeout: '10s' };

let harness: DeliveryHarness;
beforeAll(async () => {
  harness = await startDeliveryHarness();
});
afterAll(() => harness.stop());

const newRedrive = (...args: Parameters<typeof buildInput>) => ({ ...buildInput(...args), redrive: 1 });

/** An attempt of the run before; by itself one that was refused before it reached Twilio. */
function earlier(number: number, overrides: Partial<EarlierAttempt> = {}): EarlierAttempt {
  const addresses = { sender: '+12025550100', recipient: '+12025550123' };
  const startedAt = '2026-01-01T00:00:00.000Z';
  return { number, step: 0, channel: 'sms', addresses, startedAt, isAmbiguous: false, ...overrides };
}

const CONVERSATION = { conversationSid: `CH${'c'.repeat(32)}` as ConversationSid, participantSid: RECIPIENT };
const LOST = { isAmbiguous: true, conversation: CONVERSATION, openCreate: { createId: 'create', ageMs: 60_000 } };

const takenUp = (
  attempts: EarlierAttempt[],
  events: DeliveryEvent[] = [],
  attemptsMade = attempts.length,
): TakenUp => ({
  kind: 'taken_up',
  attemptsMade,
  attempts,
  events,
  optOutCodes: DEFAULT_OPT_OUT_CODES,
});

const sendsOf = (messageId: string) => harness.callsOf(messageId).sendMessage.map(({ attempt }) => attempt);

describe('a redrive', () => {
  it('begins the ladder again, and counts its attempts on', async () => {
    const input = newRedrive({ policy: { escalation: [SECOND_ADDRESS] } });
    const handle = await harness.start(input, { takeUp: takenUp([earlier(1)], [], 3), send: delivered });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 4 });
    expect(sendsOf(input.messageId)).toMatchObject([{ number: 4, step: 0 }]);
    await expect(handle.query(stateQuery)).resolves.toMatchObject({ attempt: 4 });
    const [recorded] = harness.callsOf(input.messageId).recordOutcome;
    expect(recorded).toMatchObject({ message: { redrive: 1 }, attemptEnd: { number: 4 } });
  });

  it('that another run has brought to its end sends nothing and records nothing', async () => {
    const input = newRedrive();
    const outcome = { kind: 'delivered', channel: 'sms', attempt: 2, reason: 'it arrived', at: '2026-01-01' } as const;
    const handle = await harness.start(input, { takeUp: { kind: 'over', outcome }, send: delivered });
    await expect(handle.result()).resolves.toEqual(outcome);
    const { recordOutcome, sendMessage } = harness.callsOf(input.messageId);
    expect([...sendMessage, ...recordOutcome]).toEqual([]);
  });

  it('ends without a send when an earlier attempt has arrived meanwhile', async () => {
    const sent = handedOver();
    const input = newRedrive();
    const known = earlier(1, { conversation: CONVERSATION, messageSid: sent.messageSid });
    const takeUp = takenUp([known], [receipt(sent.messageSid, 'delivered')], 2);
    const handle = await harness.start(input, { takeUp, send: delivered });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
    expect(sendsOf(input.messageId)).toEqual([]);
  });

  it('asks for receipts of earlier attempts that nobody told, and ends by them', async () => {
    const sent = handedOver();
    const input = newRedrive();
    const takeUp = takenUp([earlier(1, { conversation: CONVERSATION, messageSid: sent.messageSid }), earlier(2)]);
    const script = { takeUp, send: delivered, poll: () => [receipt(sent.messageSid, 'read')] };
    const handle = await harness.start(input, script);
    await expect(handle.result()).resolves.toMatchObject({ kind: 'read', attempt: 1 });
    expect(sendsOf(input.messageId)).toEqual([]);
  });

  it('ends the repeats of its send when a late receipt tells that an earlier attempt arrived', async () => {
    const sent = handedOver();
    const input = newRedrive();
    const takeUp = takenUp([earlier(1, { conversation: CONVERSATION, messageSid: sent.messageSid }), earlier(2)]);
    const send = () =>
      Promise.reject(ApplicationFailure.create({ type: SEND_FAILURES.notHandedOver, message: 'Twilio is away' }));
    const handle = await harness.start(input, { takeUp, send });
    await until('the send', () => sendsOf(input.messageId).length > 0);
    await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
  });
});

describe('an attempt of which nobody knows whether Twilio has it', () => {
  it('is adopted when it is found: its receipts end the message, and nothing is sent', async () => {
    const input = newRedrive({ policy: { escalation: [SECOND_ADDRESS] } });
    const script = { takeUp: takenUp([earlier(1, LOST)]), lookUp: delivered, send: delivered };
    const handle = await harness.start(input, script);
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
    expect(sendsOf(input.messageId)).toEqual([]);
    const [note] = harness.callsOf(input.messageId).recordProgress;
    expect(note).toMatchObject({
      redrive: 1,
      status: 'awaiting_receipt',
      note: { kind: 'looked_up', detail: { found: true } },
    });
  });

  it.each([
    ['undelivered', 30005, { kind: 'undeliverable', errorCode: 30005 }],
    ['undelivered', 30034, { kind: 'failed', errorCode: 30034, dead: 'configuration' }],
    ['sent', undefined, { kind: 'unconfirmed' }],
  ])(
    'ends by its receipt %s %s without a second send, whatever the policy says',
    async (status, errorCode, outcome) => {
      const input = newRedrive({ policy: { deliveryTimeout: '100ms', escalation: [SECOND_ADDRESS] } });
      const found = () => handedOver((messageSid) => [receipt(messageSid, status, errorCode)]);
      const handle = await harness.start(input, {
        takeUp: takenUp([earlier(1, LOST)]),
        lookUp: found,
        send: delivered,
      });
      await expect(handle.result()).resolves.toMatchObject({ ...outcome, attempt: 1 });
      expect(sendsOf(input.messageId)).toEqual([]);
    },
  );

  it('whose SID was learnt since is waited for as well', async () => {
    const sent = handedOver();
    const input = newRedrive();
    const known = earlier(1, { isAmbiguous: true, conversation: CONVERSATION, messageSid: sent.messageSid });
    const handle = await harness.start(input, { takeUp: takenUp([known]), send: delivered });
    await until('the poll', () => harness.callsOf(input.messageId).pollReceipts.length > 0);
    await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
    expect(harness.callsOf(input.messageId).lookUpAgain).toEqual([]);
  });

  it('is sent anew, under the next number, when it is proved absent', async () => {
    const input = newRedrive();
    const handle = await harness.start(input, { takeUp: takenUp([earlier(1, LOST)]), send: delivered });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 2 });
    expect(harness.callsOf(input.messageId).lookUpAgain).toHaveLength(1);
    expect(sendsOf(input.messageId)).toMatchObject([{ number: 2 }]);
  });

  it('stays ambiguous and dead, and nothing is sent, when Twilio cannot be asked', async () => {
    const input = newRedrive();
    const lookUp = () => Promise.reject(ApplicationFailure.nonRetryable('error 20003', 'LookUpRefused'));
    const handle = await harness.start(input, { takeUp: takenUp([earlier(1, LOST)]), lookUp, send: delivered });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'ambiguous', attempt: 1, dead: 'outage' });
    expect(sendsOf(input.messageId)).toEqual([]);
  });
});

it('a post into a conversation that may have got through is made again under its own number, which looks first', async () => {
  const input = { ...buildConversationInput({}), redrive: 1 };
  const lost: EarlierAttempt = {
    number: 1,
    step: 0,
    channel: 'conversation',
    startedAt: '2026-01-01T00:00:00.000Z',
    isAmbiguous: true,
    openCreate: { createId: 'create', ageMs: 60_000 },
  };
  const post = () => ({ kind: 'opted_out', reason: 'held back' }) as const;
  const handle = await harness.start(input, { takeUp: takenUp([lost]), post, send: delivered });
  await expect(handle.result()).resolves.toMatchObject({ kind: 'opted_out', attempt: 1 });
  const { lookUpAgain, postToConversation } = harness.callsOf(input.messageId);
  expect(lookUpAgain).toEqual([]);
  expect(postToConversation).toMatchObject([{ attempt: { number: 1 } }]);
});

describe('the outcome says when a reason of ours ended it', () => {
  const refused = (errorClass: 'config' | 'recipient' | 'unknown') => () =>
    ({ kind: 'refused', errorClass, errorCode: 12345, reason: 'no' }) as const;
  const lostForGood = (type: string) => () => Promise.reject(ApplicationFailure.nonRetryable('away', type));

  it.each([
    ['configuration', 'failed', refused('config')],
    ['outage', 'failed', lostForGood(SEND_FAILURES.notHandedOver)],
    ['outage', 'ambiguous', lostForGood(SEND_FAILURES.unknown)],
    [undefined, 'undeliverable', refused('recipient')],
    [undefined, 'failed', refused('unknown')],
  ])('%s: %s', async (dead, kind, send) => {
    const handle = await harness.start(buildInput({ policy: { maxAttempts: 1 } }), { send });
    const outcome = await handle.result();
    expect([outcome.kind, outcome.dead]).toEqual([kind, dead]);
  });

  it('also when a person was asked for that reason and nobody took the task', async () => {
    const handle = await harness.start(buildInput({ policy: { escalation: [ON_CALL] } }), { send: refused('config') });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'failed', channel: 'human', dead: 'configuration' });
  });

  it('and not when the message at Twilio leaves it open whether it arrived', async () => {
    const send = () => handedOver((messageSid) => [receipt(messageSid, 'undelivered', 30410)]);
    const handle = await harness.start(buildInput(), { send });
    const outcome = await handle.result();
    expect([outcome.kind, outcome.dead]).toEqual(['ambiguous', undefined]);
  });
});
