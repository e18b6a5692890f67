import { ApplicationFailure } from '@temporalio/common';
import { classifyError } from '../../src/domain/error-catalogue';
import { type EscalationStep } from '../../src/domain/policy';
import { deliveryEventSignal, SEND_FAILURES, stateQuery } from '../../workflows/contract';
import { until } from '../support/until';
import { buildInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';
import { handedOver, receipt } from './support/scripted-activities';

const SECOND_ADDRESS: EscalationStep = { channel: 'sms', to: '+12025550124', deliveryTimeout: '10s' };
const ON_CALL: EscalationStep = { channel: 'human', queue: 'on-call', acknowledgeTimeout: '10s' };

/** A refusal on the first receipt, told together with the send. */
const refusedWith = (errorCode: number) => () =>
  handedOver((messageSid) => [receipt(messageSid, 'undelivered', errorCode)]);
const delivered = () => handedOver((messageSid) => [receipt(messageSid, 'delivered')]);

let harness: DeliveryHarness;
beforeAll(async () => {
  harness = await startDeliveryHarness();
});
afterAll(() => harness.stop());

describe('a receipt decides', () => {
  it('ends as delivered when the receipt comes by signal', async () => {
    const sent = handedOver();
    const input = buildInput();
    const handle = await harness.start(input, { send: () => sent });
    await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));

    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1, channel: 'sms' });
    const [recorded] = harness.callsOf(input.messageId).recordOutcome;
    expect(recorded?.heardEventIds).toEqual([`${sent.messageSid}:delivered:`]);
    expect(recorded?.attemptEnd).toEqual({ number: 1, result: { kind: 'delivered', status: 'delivered' } });
  });

  it('takes receipts that came before the SID was known', async () => {
    const handle = await harness.start(buildInput(), { send: delivered });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered' });
  });

  it('hears a signal that comes before the send has returned', async () => {
    const sent = handedOver();
    let release: () => void = () => undefined;
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    const input = buildInput();
    const handle = await harness.start(input, { send: () => isReleased.then(() => sent) });
    await until('the send', () => harness.callsOf(input.messageId).sendMessage.length === 1);
    await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'read'));
    release();
    await expect(handle.result()).resolves.toMatchObject({ kind: 'read' });
  });

  it('is not moved by receipts of other participants or messages', async () => {
    const sent = handedOver();
    const handle = await harness.start(buildInput({ policy: { deliveryTimeout: '3s', onTimeout: 'accept' } }), {
      send: () => sent,
    });
    await handle.signal(deliveryEventSignal, receipt(handedOver().messageSid, 'delivered'));
    const stranger = `MB${'b'.repeat(32)}`;
    await handle.signal(deliveryEventSignal, {
      ...receipt(sent.messageSid, 'delivered'),
      participantSid: stranger as never,
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'unconfirmed' });
  });
});

describe('a failure is treated by its class', () => {
  it('repeats what may pass, after a pause', async () => {
    const input = buildInput();
    const handle = await harness.start(input, {
      send: (_, number) => (number === 1 ? refusedWith(30008)() : delivered()),
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 2 });
    const [backedOff] = harness.callsOf(input.messageId).recordProgress;
    expect(backedOff).toMatchObject({
      status: 'backing_off',
      attemptEnd: { number: 1, result: { kind: 'refused', errorCode: 30008, errorClass: 'retry' } },
    });
  });

  it('ends as failed when the attempts are used up', async () => {
    const input = buildInput({ policy: { maxAttempts: 2 } });
    const handle = await harness.start(input, { send: refusedWith(30003) });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'failed', attempt: 2, errorCode: 30003 });
    expect(harness.callsOf(input.messageId).sendMessage).toHaveLength(2);
  });

  it('sends nothing more after an opt-out', async () => {
    const input = buildInput({ policy: { escalation: [SECOND_ADDRESS, ON_CALL] } });
    const handle = await harness.start(input, { send: refusedWith(21610) });
    await expect(handle.result()).resolves.toMatchObject({
      kind: 'opted_out',
      errorCode: 21610,
      errorClass: 'opt_out',
    });
    expect(harness.callsOf(input.messageId).sendMessage).toHaveLength(1);
  });

  it('takes the codes that are configured for opt-outs', async () => {
    const handle = await harness.start(buildInput(), {
      send: () => ({ ...refusedWith(30007)(), optOutCodes: [{ code: 30007, reach: 'sender' }] }),
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'opted_out', errorCode: 30007 });
  });

  it('does not send a filtered text again, but shows it to a person', async () => {
    const input = buildInput({ policy: { escalation: [SECOND_ADDRESS, ON_CALL] } });
    const handle = await harness.start(input, { send: refusedWith(30007) });
    await until('the task', () => harness.callsOf(input.messageId).openTask[0]);
    await handle.executeUpdate('acknowledge', { args: [{ by: 'ada' }] });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'acknowledged', channel: 'human' });
    expect(harness.callsOf(input.messageId).sendMessage).toHaveLength(1);
  });

  it('sends to the next address when this one can never be reached', async () => {
    const input = buildInput({ policy: { escalation: [SECOND_ADDRESS] } });
    const handle = await harness.start(input, {
      send: ({ attempt }) => (attempt.recipient === '+12025550124' ? delivered() : refusedWith(30005)()),
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 2 });
  });

  it('ends as undeliverable when no step is left', async () => {
    const handle = await harness.start(buildInput(), { send: refusedWith(30005) });
    await expect(handle.result()).resolves.toMatchObject({
      kind: 'undeliverable',
      errorClass: 'recipient',
      reason: expect.stringContaining(classifyError(30005).meaning) as string,
    });
  });

  it('does not retry a code that nobody knows', async () => {
    const input = buildInput();
    const handle = await harness.start(input, { send: refusedWith(39999) });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'failed', errorClass: 'unknown' });
    expect(harness.callsOf(input.messageId).sendMessage).toHaveLength(1);
  });

  it('ends as opted_out when the ledger held the message back', async () => {
    const handle = await harness.start(buildInput(), { send: () => ({ kind: 'opted_out', reason: 'held back' }) });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'opted_out', reason: 'held back' });
  });

  it('retries a send of which it is proved that Twilio never got it', async () => {
    const input = buildInput();
    const handle = await harness.start(input, {
      send: (_, number) => {
        if (number === 1) {
          throw ApplicationFailure.create({ type: SEND_FAILURES.notHandedOver, message: 'gone', nonRetryable: true });
        }
        return delivered();
      },
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 2 });
  });

  it('never repeats an ambiguous send by itself', async () => {
    const input = buildInput({ policy: { escalation: [SECOND_ADDRESS] } });
    const handle = await harness.start(input, {
      send: () => {
        throw ApplicationFailure.create({ type: SEND_FAILURES.unknown, message: 'reset', nonRetryable: true });
      },
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'ambiguous' });
    expect(harness.callsOf(input.messageId).sendMessage).toHaveLength(1);
  });
});

describe('silence', () => {
  it('asks Twilio once at the deadline, and believes it', async () => {
    const input = buildInput({ policy: { deliveryTimeout: '200ms' } });
    const handle = await harness.start(input, {
      send: () => handedOver(),
      poll: (messageSid) => [receipt(messageSid, 'delivered')],
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered' });
    expect(harness.callsOf(input.messageId).pollReceipts).toHaveLength(1);
  });

  it('escalates to the second address and then to a person', async () => {
    const input = buildInput({
      policy: { deliveryTimeout: '200ms', escalation: [{ ...SECOND_ADDRESS, deliveryTimeout: '200ms' }, ON_CALL] },
    });
    const handle = await harness.start(input, { send: () => handedOver() });
    const task = await until('the task', () => harness.callsOf(input.messageId).openTask[0]);
    expect(task).toMatchObject({ queue: 'on-call', step: 2 });
    await expect(handle.query(stateQuery)).resolves.toMatchObject({ status: 'escalating', step: 2, attempt: 2 });

    await expect(handle.executeUpdate('acknowledge', { args: [{ by: 'ada', note: 'called her' }] })).resolves.toEqual({
      queue: 'on-call',
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'acknowledged', channel: 'human', attempt: 2 });
    expect(harness.callsOf(input.messageId).closeTask).toEqual([
      { messageId: input.messageId, step: 2, closing: { kind: 'acknowledged', by: 'ada', note: 'called her' } },
    ]);
    expect(harness.callsOf(input.messageId).sendMessage.map(({ attempt }) => attempt.recipient)).toEqual([
      '+12025550123',
      '+12025550124',
    ]);
  });

  it('ends as failed when nobody acknowledges', async () => {
    const input = buildInput({
      policy: { deliveryTimeout: '100ms', escalation: [{ ...ON_CALL, acknowledgeTimeout: '100ms' }] },
    });
    const handle = await harness.start(input, { send: () => handedOver() });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'failed', channel: 'human' });
    expect(harness.callsOf(input.messageId).closeTask[0]?.closing).toEqual({ kind: 'expired' });
  });

  it.each([
    ['accept', 1, 'unconfirmed'],
    ['retry', 2, 'unconfirmed'],
    ['escalate', 1, 'unconfirmed'],
  ] as const)('with onTimeout %s and no step ends after %i sends as %s', async (onTimeout, sends, outcome) => {
    const input = buildInput({ policy: { deliveryTimeout: '100ms', maxAttempts: 2, onTimeout } });
    const handle = await harness.start(input, { send: () => handedOver() });
    await expect(handle.result()).resolves.toMatchObject({ kind: outcome });
    expect(harness.callsOf(input.messageId).sendMessage).toHaveLength(sends);
  });
});

describe('late truth', () => {
  it('ends a human step when the message turns out delivered', async () => {
    const sent = handedOver();
    const input = buildInput({ policy: { deliveryTimeout: '100ms', escalation: [ON_CALL] } });
    const handle = await harness.start(input, { send: () => sent });
    await until('the task', () => harness.callsOf(input.messageId).openTask[0]);
    await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1, channel: 'sms' });
    expect(harness.callsOf(input.messageId).closeTask[0]?.closing).toEqual({
      kind: 'not_needed',
      because: 'delivered',
    });
  });

  it('keeps a retry from being sent', async () => {
    const sent = handedOver();
    const input = buildInput({
      policy: {
        deliveryTimeout: '100ms',
        onTimeout: 'retry',
        retry: { initialDelay: '10s', factor: 1, maxDelay: '10s' },
      },
    });
    const handle = await harness.start(input, { send: () => sent });
    await until('the pause', () => harness.callsOf(input.messageId).recordProgress[0]);
    await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
    expect(harness.callsOf(input.messageId).sendMessage).toHaveLength(1);
  });

  it('of the first attempt ends the wait for the second', async () => {
    const first = handedOver();
    const input = buildInput({ policy: { deliveryTimeout: '100ms', escalation: [SECOND_ADDRESS] } });
    const handle = await harness.start(input, { send: (_, number) => (number === 1 ? first : handedOver()) });
    await until('the second send', () => harness.callsOf(input.messageId).sendMessage.length === 2);
    await handle.signal(deliveryEventSignal, receipt(first.messageSid, 'delivered'));
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
  });
});
