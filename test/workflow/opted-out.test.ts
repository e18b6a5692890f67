import { ledgerChangedSignal, readLedgerUpdate, stateQuery } from '../../workflows/contract';
import { until } from '../support/until';
import { buildInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';
import { handedOver, receipt } from './support/scripted-activities';

let harness: DeliveryHarness;
beforeAll(async () => {
  harness = await startDeliveryHarness();
});
afterAll(() => harness.stop());

type Handle = Awaited<ReturnType<DeliveryHarness['start']>>;

const HOUR = 3_600_000;

async function inStatus(handle: Handle, status: string): Promise<void> {
  await until(status, async () => (await handle.query(stateQuery)).status === status);
}

const DESK = { channel: 'human', queue: 'desk', acknowledgeTimeout: '1h' } as const;

describe('a STOP that comes', () => {
  it('while the message is scheduled ends it before anything is sent', async () => {
    const input = buildInput({ sendAt: new Date(Date.now() + HOUR).toISOString() });
    const handle = await harness.start(input, { isOptedOut: () => true });
    await handle.executeUpdate(readLedgerUpdate);
    await expect(handle.result()).resolves.toMatchObject({
      kind: 'opted_out',
      attempt: 0,
      reason: 'the recipient opted out while the message waited, so nothing more is sent',
    });
    expect(harness.callsOf(input.messageId).sendMessage).toEqual([]);
  });

  it('during quiet hours ends it', async () => {
    const input = buildInput();
    const held = { kind: 'held', isBegun: false, until: new Date(Date.now() + HOUR).toISOString() } as const;
    const handle = await harness.start(input, {
      send: () => ({ ...held, because: 'quiet hours' }),
      isOptedOut: () => true,
    });
    await inStatus(handle, 'held');
    await handle.signal(ledgerChangedSignal);
    await expect(handle.result()).resolves.toMatchObject({ kind: 'opted_out', attempt: 0 });
  });

  it('during a backoff ends it, and says what Twilio had before', async () => {
    const input = buildInput({ policy: { retry: { initialDelay: '1h', factor: 1, maxDelay: '1h' } } });
    const handle = await harness.start(input, {
      send: () => handedOver((messageSid) => [receipt(messageSid, 'failed', 30008)]),
      isOptedOut: () => true,
    });
    await inStatus(handle, 'backing_off');
    await handle.signal(ledgerChangedSignal);
    await expect(handle.result()).resolves.toMatchObject({
      kind: 'opted_out',
      attempt: 1,
      reason: expect.stringMatching(
        /before that Twilio had taken attempt 1, which did not arrive \(error 30008\)$/,
      ) as string,
    });
    expect(harness.callsOf(input.messageId).sendMessage).toHaveLength(1);
  });

  it('while a receipt is awaited ends it after Twilio was asked once more', async () => {
    const input = buildInput({ policy: { deliveryTimeout: '1h' } });
    const handle = await harness.start(input, { send: () => handedOver(), poll: () => [], isOptedOut: () => true });
    await inStatus(handle, 'awaiting_receipt');
    await handle.signal(ledgerChangedSignal);
    await expect(handle.result()).resolves.toMatchObject({
      kind: 'opted_out',
      attempt: 1,
      reason: expect.stringMatching(/attempt 1, which cannot be called back and may still arrive$/) as string,
    });
    expect(harness.callsOf(input.messageId).pollReceipts).toHaveLength(1);
  });

  it('after the message had arrived leaves it delivered', async () => {
    const input = buildInput({ policy: { deliveryTimeout: '1h' } });
    const handle = await harness.start(input, {
      send: () => handedOver(),
      poll: (messageSid) => [receipt(messageSid, 'delivered')],
      isOptedOut: () => true,
    });
    await inStatus(handle, 'awaiting_receipt');
    await handle.signal(ledgerChangedSignal);
    await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
  });

  it('while a person is asked closes the task', async () => {
    const input = buildInput({ policy: { deliveryTimeout: '50ms', escalation: [DESK] } });
    const handle = await harness.start(input, { send: () => handedOver(), isOptedOut: () => true });
    await until('the task', () => harness.callsOf(input.messageId).openTask[0]);
    await handle.signal(ledgerChangedSignal);
    await expect(handle.result()).resolves.toMatchObject({ kind: 'opted_out' });
    const { askLedger, closeTask } = harness.callsOf(input.messageId);
    expect(closeTask[0]?.closing).toMatchObject({ kind: 'not_needed' });
    expect(askLedger[0]?.step).toEqual({ channel: 'sms', recipient: input.request.to });
  });
});

it('something else that was said lets the wait go on, for no longer than before', async () => {
  const input = buildInput({ policy: { deliveryTimeout: '6s', onTimeout: 'accept' } });
  const handle = await harness.start(input, { send: () => handedOver(), isOptedOut: () => false });
  await inStatus(handle, 'awaiting_receipt');
  await handle.signal(ledgerChangedSignal);
  await until('the question', () => harness.callsOf(input.messageId).askLedger[0]);
  await handle.signal(ledgerChangedSignal);
  await expect(handle.result()).resolves.toMatchObject({ kind: 'unconfirmed' });
  expect(harness.callsOf(input.messageId).askLedger).toHaveLength(2);
  const { events } = await handle.fetchHistory();
  const timers = (events ?? []).flatMap(({ timerStartedEventAttributes }) => timerStartedEventAttributes ?? []);
  const lengthsMs = timers.map(
    ({ startToFireTimeout: left }) => Number(left?.seconds ?? 0) * 1000 + (left?.nanos ?? 0) / 1e6,
  );
  expect(lengthsMs[0]).toBe(6_000);
  expect(lengthsMs.slice(1).every((lengthMs) => lengthMs < 6_000)).toBe(true);
});

it('an address that cannot be reached on a channel leaves the next step its turn', async () => {
  const input = buildInput({ policy: { escalation: [{ channel: 'whatsapp' }] } });
  const handle = await harness.start(input, {
    send: ({ attempt }) =>
      attempt.channel === 'sms'
        ? { kind: 'suppressed', errorCode: 30006, reason: 'a landline' }
        : handedOver((messageSid) => [receipt(messageSid, 'delivered')]),
  });
  await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', channel: 'whatsapp', attempt: 2 });
});

it('without another step it ends as suppressed, with the error that showed it', async () => {
  const handle = await harness.start(buildInput(), {
    send: () => ({ kind: 'suppressed', errorCode: 30006, reason: 'a landline' }),
  });
  await expect(handle.result()).resolves.toMatchObject({
    kind: 'suppressed',
    errorCode: 30006,
    errorClass: 'recipient',
    reason: 'a landline',
  });
});
