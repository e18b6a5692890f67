import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { stateQuery, UPDATE_REFUSALS } from '../../workflows/contract';
import { until } from '../support/until';
import { buildInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';
import { handedOver } from './support/scripted-activities';

let harness: DeliveryHarness;
beforeAll(async () => {
  harness = await startDeliveryHarness();
});
afterAll(() => harness.stop());

/** The type with which an update was refused. */
async function refusalOf(update: Promise<unknown>): Promise<string | null | undefined> {
  const error = await update.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
  const { cause } = error as WorkflowUpdateFailedError;
  return cause instanceof ApplicationFailure ? cause.type : undefined;
}

describe('cancel', () => {
  it('ends a wait, and says that Twilio already has a message', async () => {
    const input = buildInput();
    const handle = await harness.start(input, { send: () => handedOver() });
    await until('the wait', async () => (await handle.query(stateQuery)).status === 'awaiting_receipt');
    await expect(handle.executeUpdate('cancel', { args: [{ by: 'tests' }] })).resolves.toEqual({
      isAlreadyHandedOver: true,
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'canceled', attempt: 1 });
  });

  it('gives up a send that Temporal would repeat', async () => {
    const input = buildInput();
    const handle = await harness.start(input, {
      send: () => {
        throw ApplicationFailure.create({ message: 'try again', nextRetryDelay: '1 hour' });
      },
    });
    await until('the first try', () => harness.callsOf(input.messageId).sendMessage.length === 1);
    await expect(handle.executeUpdate('cancel', { args: [{ by: 'tests' }] })).resolves.toEqual({
      isAlreadyHandedOver: false,
    });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'canceled' });
  });

  it('closes the open task of a person', async () => {
    const input = buildInput({
      policy: { deliveryTimeout: '50ms', escalation: [{ channel: 'human', queue: 'desk', acknowledgeTimeout: '10s' }] },
    });
    const handle = await harness.start(input, { send: () => handedOver() });
    await until('the task', () => harness.callsOf(input.messageId).openTask[0]);
    await handle.executeUpdate('cancel', { args: [{ by: 'tests' }] });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'canceled' });
    expect(harness.callsOf(input.messageId).closeTask[0]?.closing).toEqual({ kind: 'not_needed', because: 'canceled' });
  });

  it("is what Temporal's own cancellation becomes: the message still has an outcome", async () => {
    const input = buildInput();
    const handle = await harness.start(input, { send: () => handedOver() });
    await until('the wait', async () => (await handle.query(stateQuery)).status === 'awaiting_receipt');
    await handle.cancel();
    await expect(handle.result()).resolves.toMatchObject({ kind: 'canceled' });
    expect(harness.callsOf(input.messageId).recordOutcome).toHaveLength(1);
  });

  it('is refused without a name', async () => {
    const handle = await harness.start(buildInput(), { send: () => handedOver() });
    await expect(refusalOf(handle.executeUpdate('cancel', { args: [{ by: ' ' }] }))).resolves.toBe(
      UPDATE_REFUSALS.invalidRequest,
    );
    await handle.executeUpdate('cancel', { args: [{ by: 'tests' }] });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'canceled' });
  });
});

describe('acknowledge', () => {
  it('is refused while no person is asked', async () => {
    const handle = await harness.start(buildInput(), { send: () => handedOver() });
    await expect(refusalOf(handle.executeUpdate('acknowledge', { args: [{ by: 'ada' }] }))).resolves.toBe(
      UPDATE_REFUSALS.noOpenTask,
    );
    await handle.executeUpdate('cancel', { args: [{ by: 'tests' }] });
    await handle.result();
  });

  it('is refused when the note is too long, and the task stays open', async () => {
    const input = buildInput({
      policy: { deliveryTimeout: '50ms', escalation: [{ channel: 'human', queue: 'desk', acknowledgeTimeout: '10s' }] },
    });
    const handle = await harness.start(input, { send: () => handedOver() });
    await until('the task', () => harness.callsOf(input.messageId).openTask[0]);
    const tooLong = handle.executeUpdate('acknowledge', { args: [{ by: 'ada', note: 'x'.repeat(1001) }] });
    await expect(refusalOf(tooLong)).resolves.toBe(UPDATE_REFUSALS.invalidRequest);
    await handle.executeUpdate('acknowledge', { args: [{ by: 'ada' }] });
    await expect(handle.result()).resolves.toMatchObject({ kind: 'acknowledged' });
  });
});
