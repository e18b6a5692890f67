import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type SendResult } from '../../activities/send-message';
import { deliveryEventSignal, releaseUpdate, stateQuery, UPDATE_REFUSALS } from '../../workflows/contract';
import { type Outcome } from '../../src/domain/outcome';
import { type Policy } from '../../src/domain/policy';
import { until } from '../support/until';
import { buildInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';
import { handedOver, receipt, type Script } from './support/scripted-activities';

jest.setTimeout(60_000);

let harness: DeliveryHarness;
beforeAll(async () => {
  // Every step is replayed from history, as after a redeployment.
  harness = await startDeliveryHarness({ maxCachedWorkflows: 0 });
});
afterAll(() => harness.stop());

const inMs = (milliseconds: number): string => new Date(Date.now() + milliseconds).toISOString();
const HOUR_MS = 3_600_000;
/** Long enough for the first send of many messages at once to come before, on a machine that is busy. */
const WORTH_MS = 15_000;

const heldFor = (milliseconds: number, isBegun = false): SendResult => ({
  kind: 'held',
  until: inMs(milliseconds),
  because: 'allowed from 08:00 to 20:00',
  isBegun,
});
const deliver = (): SendResult => handedOver((messageSid) => [receipt(messageSid, 'delivered')]);
const refused = (): SendResult => ({ kind: 'refused', errorClass: 'retry', errorCode: 30003, reason: 'off' });
const tryAgainInAnHour = (): Promise<SendResult> =>
  Promise.reject(ApplicationFailure.create({ message: 'try again', nextRetryDelay: '1h' }));
const PERSON = { channel: 'human', queue: 'desk', acknowledgeTimeout: '1h' } as const;

describe('sendAt', () => {
  it('starts the message when its time has come', async () => {
    const sendAt = inMs(1_500);
    const input = buildInput({ sendAt });
    const handle = await harness.start(input, { send: deliver });
    const outcome = await handle.result();
    expect(outcome.kind).toBe('delivered');
    const { events } = await handle.fetchHistory();
    const firstTask = events?.find((event) => event.workflowTaskStartedEventAttributes)?.eventTime;
    expect(Number(firstTask?.seconds) * 1000 + Number(firstTask?.nanos) / 1e6).toBeGreaterThanOrEqual(
      Date.parse(sendAt) - 50,
    );
  });

  it('lets a scheduled message be canceled at once, and nothing is sent', async () => {
    const input = buildInput({ sendAt: inMs(HOUR_MS) });
    const handle = await harness.start(input, { send: deliver });
    await expect(handle.executeUpdate('cancel', { args: [{ by: 'tests' }] })).resolves.toEqual({
      isAlreadyHandedOver: false,
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'canceled', attempt: 0 });
    expect(harness.callsOf(input.messageId).sendMessage).toEqual([]);
  });

  it("lets it be canceled in Temporal's own way", async () => {
    const handle = await harness.start(buildInput({ sendAt: inMs(HOUR_MS) }), { send: deliver });
    await handle.cancel();
    await expect(handle.result()).resolves.toMatchObject({ kind: 'canceled' });
  });

  it('still waits after an update that was refused', async () => {
    const sendAt = inMs(5_000);
    const input = buildInput({ sendAt });
    const handle = await harness.start(input, { send: deliver });
    await expect(handle.executeUpdate('acknowledge', { args: [{ by: 'tests' }] })).rejects.toThrow();
    await expect(handle.query(stateQuery)).resolves.toMatchObject({ status: 'scheduled', attempt: 0 });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered' });
    expect(harness.callsOf(input.messageId).sendMessage).toHaveLength(1);
  });
});

describe('the end of the time of a message', () => {
  const policy: Partial<Policy> = { deliveryTimeout: '1h', retry: { initialDelay: '1h', factor: 1, maxDelay: '1h' } };
  const never = new Promise<SendResult>(() => undefined);

  const endings: [string, Script, Partial<Policy>, number, number][] = [
    ['while the send is repeated', { send: tryAgainInAnHour }, policy, 1, 1],
    ['while a receipt is waited for', { send: () => handedOver() }, policy, 1, 1],
    ['even when silence would do', { send: () => handedOver() }, { ...policy, onTimeout: 'accept' }, 1, 1],
    ['while it backs off', { send: refused }, policy, 1, 1],
    ['while a person is asked', { send: refused }, { ...policy, maxAttempts: 1, escalation: [PERSON] }, 1, 1],
    ['while quiet hours hold it', { send: () => heldFor(HOUR_MS) }, policy, 1, 0],
    ['when the send says so', { send: () => ({ kind: 'expired', reason: 'over', isBegun: false }) }, policy, 1, 0],
    [
      'before the next step',
      { send: (_, number) => (number === 1 ? handedOver() : never) },
      { deliveryTimeout: '1h', escalation: [{ channel: 'whatsapp' }] },
      1,
      1,
    ],
  ];
  const polled: Script = { send: () => handedOver(), poll: (messageSid) => [receipt(messageSid, 'delivered')] };
  const unknown: Script = {
    send: () => {
      throw ApplicationFailure.create({ type: 'HandedOverOrNot', message: '?', nonRetryable: true });
    },
  };
  const started = new Map<string, Promise<{ messageId: string; outcome: Outcome }>>();
  let together: DeliveryHarness;
  beforeAll(async () => {
    // All at once: each takes as long as its message has.
    together = await startDeliveryHarness();
    endings.forEach(([when, script, given]) => started.set(when, endOf(script, given)));
    started.set('polled', endOf(polled, policy));
    started.set('unknown', endOf(unknown, { ...policy, escalation: [PERSON] }));
  });
  async function endOf(script: Script, given: Partial<Policy>) {
    const input = buildInput({ expiresAt: inMs(WORTH_MS), policy: given });
    const handle = await together.start(input, script);
    return { messageId: input.messageId, outcome: await handle.result() };
  }
  afterAll(() => together.stop());

  it.each(endings)('ends it as expired %s', async (when, _script, _given, sends, attempt) => {
    const { messageId = '', outcome } = (await started.get(when)) ?? {};
    expect(outcome).toMatchObject({ kind: 'expired', attempt, reason: expect.stringContaining('over') as string });
    expect(together.callsOf(messageId).sendMessage.length).toBe(sends);
  });

  it('comes before the first step too', async () => {
    const input = buildInput({ expiresAt: inMs(-1) });
    const handle = await harness.start(input, { send: deliver });
    await expect(handle.result()).resolves.toMatchObject({
      kind: 'expired',
      attempt: 0,
      reason: 'its time was over before the next step',
    });
    expect(harness.callsOf(input.messageId).sendMessage).toEqual([]);
  });

  it('gives nothing up before: a receipt in time is a delivery', async () => {
    const sent = handedOver();
    const input = buildInput({ expiresAt: inMs(20_000) });
    const handle = await harness.start(input, { send: () => sent });
    await until('the wait', async () => (await handle.query(stateQuery)).status === 'awaiting_receipt');
    await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered' });
  });

  it.each([
    ['asks Twilio once more before it counts', 'polled', 'delivered'],
    ['does not make known what nobody knows', 'unknown', 'ambiguous'],
  ])('%s', async (_, when, kind) => {
    expect((await started.get(when))?.outcome).toMatchObject({ kind });
  });
});

describe('quiet hours', () => {
  const thenDeliver = (hold: SendResult): Script => ({ send: (_, number) => (number === 1 ? hold : deliver()) });

  async function startHeld(script: Script, request: Parameters<typeof buildInput>[0] = {}) {
    const input = buildInput(request);
    const handle = await harness.start(input, script);
    await until('the hold', () => harness.callsOf(input.messageId).recordHold[0]);
    return { handle, calls: harness.callsOf(input.messageId) };
  }

  it.each([false, true])('hold a message, which goes when they are over (on record: %p)', async (isBegun) => {
    const { handle, calls } = await startHeld(thenDeliver(heldFor(400, isBegun)));
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
    expect(calls.recordHold).toEqual([expect.objectContaining({ because: 'allowed from 08:00 to 20:00' })]);
    expect(calls.sendMessage.map(({ attempt }) => [attempt.number, attempt.isReleased])).toEqual([
      [1, undefined],
      [1, undefined],
    ]);
  });

  it('let it go when somebody releases it', async () => {
    const hold = heldFor(HOUR_MS);
    const { handle, calls } = await startHeld(thenDeliver(hold));
    await expect(handle.query(stateQuery)).resolves.toMatchObject({ status: 'held', attempt: 0 });
    const release = { by: 'ada', reason: 'the guest has asked' };
    await expect(handle.executeUpdate(releaseUpdate, { args: [release] })).resolves.toEqual({
      heldUntil: hold.kind === 'held' ? hold.until : '',
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
    expect(calls.sendMessage[1]?.attempt.isReleased).toBe(true);
    expect(calls.recordProgress.map(({ note, status }) => ({ ...note, status }))).toEqual([
      { kind: 'released', detail: release, status: 'sending' },
    ]);
  });

  it('are asked anew for the next step of a message that was released', async () => {
    const steps: SendResult[] = [heldFor(HOUR_MS), refused(), deliver()];
    const policy: Partial<Policy> = { maxAttempts: 1, escalation: [{ channel: 'whatsapp' }] };
    const { handle, calls } = await startHeld({ send: (_, number) => steps[number - 1] ?? deliver() }, { policy });
    await handle.executeUpdate(releaseUpdate, { args: [{ by: 'ada', reason: 'now' }] });
    await handle.result();
    expect(calls.sendMessage.map(({ attempt }) => attempt.isReleased)).toEqual([undefined, true, undefined]);
  });

  it.each([false, true])('let it be canceled (on record: %p)', async (isBegun) => {
    const { handle, calls } = await startHeld({ send: () => heldFor(HOUR_MS, isBegun) });
    await handle.executeUpdate('cancel', { args: [{ by: 'tests' }] });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'canceled', attempt: isBegun ? 1 : 0 });
    expect(calls.recordOutcome[0]?.attemptEnd).toEqual(
      isBegun ? { number: 1, result: { kind: 'canceled' } } : undefined,
    );
  });

  it.each([
    [{ by: ' ', reason: 'now' }, UPDATE_REFUSALS.invalidRequest],
    [{ by: 'ada', reason: ' ' }, UPDATE_REFUSALS.invalidRequest],
  ])('are not ended by %j', async (request, refusal) => {
    const { handle } = await startHeld({ send: () => heldFor(HOUR_MS) });
    await expect(refusalOf(handle.executeUpdate(releaseUpdate, { args: [request] }))).resolves.toBe(refusal);
    await expect(handle.query(stateQuery)).resolves.toMatchObject({ status: 'held' });
    await handle.executeUpdate('cancel', { args: [{ by: 'tests' }] });
    await handle.result();
  });

  it('cannot be ended while they hold nothing', async () => {
    const handle = await harness.start(buildInput(), { send: () => handedOver() });
    const release = handle.executeUpdate(releaseUpdate, { args: [{ by: 'ada', reason: 'now' }] });
    await expect(refusalOf(release)).resolves.toBe(UPDATE_REFUSALS.notHeld);
    await handle.executeUpdate('cancel', { args: [{ by: 'tests' }] });
    await handle.result();
  });
});

/** The type with which an update was refused. */
async function refusalOf(update: Promise<unknown>): Promise<string | null | undefined> {
  const error = await update.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure ? cause.type : undefined;
}
