import { type SendResult } from '../../activities/send-message';
import { parseSid } from '../../src/domain/sid';
import { deliveryEventSignal, ledgerChangedSignal, stateQuery } from '../../workflows/contract';
import { createDelivery } from '../../workflows/delivery';
import { delayStepClock, momentOf, startStepClock } from '../../workflows/step-clock';
import { until } from '../support/until';
import { buildInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';
import { handedOver, receipt, type Script } from './support/scripted-activities';

let harness: DeliveryHarness;
beforeAll(async () => {
  // Every step is replayed from history, as after a redeployment.
  harness = await startDeliveryHarness({ maxCachedWorkflows: 0 });
});
afterAll(() => harness.stop());

const HOUR = { initialDelay: '1h', factor: 1, maxDelay: '1h' } as const;
const STEP_MS = 700;
const silent = (): SendResult => handedOver();
const delivered = (): SendResult => handedOver((messageSid) => [receipt(messageSid, 'delivered')]);
const failedWith = (errorCode: number): SendResult =>
  handedOver((messageSid) => [receipt(messageSid, 'undelivered', errorCode)]);
const switchedOff = (): SendResult => failedWith(30003);

/** What becomes of the sends in turn. */
const inTurn =
  (...sends: (() => SendResult)[]): NonNullable<Script['send']> =>
  (_input, number) =>
    (sends[number - 1] ?? delivered)();

async function ended(request: Parameters<typeof buildInput>[0], script: Script) {
  const input = buildInput(request);
  const handle = await harness.start(input, script);
  const outcome = await handle.result();
  const calls = harness.callsOf(input.messageId);
  return { outcome, sent: calls.sendMessage.map(({ attempt }) => attempt), calls };
}

describe('when', () => {
  const escalation = [
    { channel: 'whatsapp', content: { body: 'in other words' }, when: ['outside_window'] },
    { channel: 'sms', when: ['not_on_channel', 'timeout'] },
    { channel: 'sms', to: '+12025550188', when: ['landline'] },
  ] as const;
  const ladder = {
    channel: 'whatsapp',
    policy: { deliveryTimeout: '200ms', maxAttempts: 1, escalation },
  } as const;

  it.each([
    ['silence', silent, 2],
    ['63003, nobody there', () => failedWith(63003), 2],
    ['63016, the closed window', () => failedWith(63016), 1],
    ['21614, no mobile number', () => failedWith(21614), 3],
  ])('chooses the step by the result: %s', async (_result, first, step) => {
    const { outcome, sent } = await ended(ladder, { send: inTurn(first) });
    expect(sent.map((attempt) => attempt.step)).toEqual([0, step]);
    expect(outcome).toMatchObject({ kind: 'delivered', attempt: 2 });
  });

  it('ends the message when no step is for the result', async () => {
    const { outcome, sent } = await ended(ladder, { send: inTurn(() => failedWith(30007)) });
    expect(sent).toHaveLength(1);
    expect(outcome).toMatchObject({ kind: 'undeliverable', errorCode: 30007 });
  });
});

describe('a block on WhatsApp', () => {
  const sms = { channel: 'sms' } as const;
  const asked = { channel: 'sms', when: ['blocked'] } as const;
  const sameChannel = { channel: 'whatsapp', when: ['any', 'blocked'] } as const;
  const heldBack = (): SendResult => ({ kind: 'opted_out', reason: 'blocked there', isBlock: true });
  const refused = (): SendResult => ({
    kind: 'refused',
    errorCode: 63014,
    errorClass: 'opt_out',
    reason: 'the recipient blocked the sender',
  });
  const ways: [string, () => SendResult][] = [
    ['a receipt', () => failedWith(63014)],
    ['the answer to the create', refused],
    ['the ledger, because of an earlier message', heldBack],
  ];
  const policyOf = (...escalation: (typeof sms | typeof asked | typeof sameChannel)[]) =>
    ({ channel: 'whatsapp', policy: { deliveryTimeout: '10s', escalation } }) as const;

  it.each(ways)('that %s tells leads to the step that asks for it', async (_by, first) => {
    const { outcome, sent } = await ended(policyOf(sms, sameChannel, asked), { send: inTurn(first) });
    expect(sent.map(({ channel, step }) => [step, channel])).toEqual([
      [0, 'whatsapp'],
      [3, 'sms'],
    ]);
    expect(outcome).toMatchObject({ kind: 'delivered', channel: 'sms', attempt: 2 });
  });

  it.each(ways)('that %s tells ends the message where no step asks for it', async (_by, first) => {
    const { outcome, sent } = await ended(policyOf(sms, sameChannel), { send: inTurn(first) });
    expect(sent).toHaveLength(1);
    expect(outcome).toMatchObject({ kind: 'opted_out', channel: 'whatsapp', attempt: 1 });
  });

  it('does not lead past an opt-out on the other channel', async () => {
    const stop = (): SendResult => ({ kind: 'opted_out', reason: 'said stop' });
    const { outcome, sent } = await ended(policyOf(asked, { ...asked }), {
      send: inTurn(() => failedWith(63014), stop),
    });
    expect(sent).toHaveLength(2);
    expect(outcome).toMatchObject({ kind: 'opted_out', channel: 'sms', attempt: 2 });
  });

  it('does not outweigh a STOP that was told while the receipt was awaited', async () => {
    const handed = handedOver();
    const input = buildInput(policyOf(asked));
    const handle = await harness.start(input, {
      send: inTurn(() => handed),
      isOptedOut: () => true,
      poll: () => [receipt(handed.messageSid, 'failed', 63014)],
    });
    await until('the wait', async () => (await handle.query(stateQuery)).status === 'awaiting_receipt');
    await handle.signal(ledgerChangedSignal);
    await expect(handle.result()).resolves.toMatchObject({ kind: 'opted_out', attempt: 1 });
    expect(harness.callsOf(input.messageId).sendMessage).toHaveLength(1);
  });
});

describe('the clock of a step', () => {
  const policy = { deliveryTimeout: '1h', retry: HOUR, stepTimeout: `${STEP_MS}ms` } as const;
  const next = { channel: 'whatsapp', stepTimeout: '1h', when: ['timeout'] } as const;

  it.each<[string, Script['send'], object]>([
    ['while a receipt is waited for', inTurn(silent), {}],
    ['while it would back off', inTurn(switchedOff), {}],
    ['although silence is to be tried again', inTurn(silent), { onTimeout: 'retry' }],
  ])('leads to the next step when it is over %s', async (_when, send, parts) => {
    const { outcome, sent } = await ended(
      { policy: { ...policy, ...parts, escalation: [next] } },
      send === undefined ? {} : { send },
    );
    expect(sent.map((attempt) => attempt.step)).toEqual([0, 1]);
    expect(outcome).toMatchObject({ kind: 'delivered', channel: 'whatsapp', attempt: 2 });
  });

  it('asks Twilio once more before it takes silence for silence', async () => {
    const { outcome, calls } = await ended(
      { policy: { ...policy, escalation: [next] } },
      { send: silent, poll: (messageSid) => [receipt(messageSid, 'delivered')] },
    );
    expect(outcome).toMatchObject({ kind: 'delivered', attempt: 1 });
    expect(calls.sendMessage).toHaveLength(1);
  });

  it('is over before the wait when the send took all of its time', async () => {
    const slow = async (): Promise<SendResult> => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return silent();
    };
    const { outcome, sent } = await ended(
      { policy: { ...policy, stepTimeout: '1ms', escalation: [next] } },
      { send: (_input, number) => (number === 1 ? slow() : delivered()) },
    );
    expect(sent.map((attempt) => attempt.step)).toEqual([0, 1]);
    expect(outcome).toMatchObject({ kind: 'delivered', attempt: 2 });
  });

  it('leaves time for as many attempts as fit into it', async () => {
    const { outcome, sent } = await ended(
      {
        policy: {
          ...policy,
          stepTimeout: '1h',
          maxAttempts: 3,
          retry: { initialDelay: '20ms', factor: 1, maxDelay: '20ms' },
          escalation: [next],
        },
      },
      { send: inTurn(switchedOff, switchedOff, delivered) },
    );
    expect(sent.map((attempt) => attempt.step)).toEqual([0, 0, 0]);
    expect(outcome).toMatchObject({ kind: 'delivered', attempt: 3 });
  });

  it('ends the message as its last attempt did when there is no further step', async () => {
    const { outcome } = await ended({ policy }, { send: inTurn(switchedOff) });
    expect(outcome).toMatchObject({ kind: 'failed', errorCode: 30003, attempt: 1 });
  });

  it('does not run while quiet hours hold the message', () => {
    const delivery = createDelivery(buildInput({ policy }));
    startStepClock(delivery);
    const before = momentOf(delivery).stepLeftMs ?? 0;
    delayStepClock(delivery, 60_000);
    expect(momentOf(delivery).stepLeftMs).toBeGreaterThan(60_000);
    expect(before).toBeLessThanOrEqual(STEP_MS);
  });

  it('takes nothing from a receipt that comes late: it wins from the step after', async () => {
    const sent = handedOver();
    const input = buildInput({ policy: { ...policy, escalation: [{ ...next, deliveryTimeout: '1h' }] } });
    const handle = await harness.start(input, { send: inTurn(() => sent, silent) });
    await until('the second step', async () => {
      const state = await handle.query(stateQuery);
      return state.step === 1 && state.status === 'awaiting_receipt';
    });
    await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1, channel: 'sms' });
  });
});

describe('a template for the closed window', () => {
  const whatsappTemplate = { contentSid: parseSid(`HX${'a'.repeat(32)}`, 'HX'), variables: {} };
  const content = { body: 'Your table is ready.', whatsappTemplate };
  const request = { channel: 'whatsapp', content, policy: { maxAttempts: 1 } } as const;

  it('follows on the same channel when Twilio takes no text, however few attempts are allowed', async () => {
    const { outcome, sent } = await ended(request, { send: inTurn(() => failedWith(63016)) });
    expect(sent).toMatchObject([
      { number: 1, step: 0, channel: 'whatsapp', content },
      { number: 2, step: 0, channel: 'whatsapp', content: { template: whatsappTemplate } },
    ]);
    expect(outcome).toMatchObject({ kind: 'delivered', attempt: 2 });
  });

  it('is not sent a second time', async () => {
    const first = await ended(request, { send: () => failedWith(63016) });
    expect(first.sent).toHaveLength(2);
    expect(first.outcome).toMatchObject({ kind: 'undeliverable', errorCode: 63016 });

    const asTemplate = (): SendResult => ({ ...failedWith(63016), isTemplate: true }) as SendResult;
    const second = await ended(request, { send: asTemplate });
    expect(second.sent).toHaveLength(1);
  });
});
