import { WorkflowUpdateFailedError } from '@temporalio/client';
import { type HumanStep } from '../../src/domain/policy';
import { deliveryEventSignal, UPDATE_REFUSALS } from '../../workflows/contract';
import { until } from '../support/until';
import { buildInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';
import { handedOver, receipt } from './support/scripted-activities';

let harness: DeliveryHarness;
beforeAll(async () => {
  harness = await startDeliveryHarness();
});
afterAll(() => harness.stop());

const desk = (overrides: Partial<HumanStep> = {}): HumanStep => ({
  channel: 'human',
  queue: 'desk',
  acknowledgeTimeout: '20s',
  ...overrides,
});
const asking = (...escalation: HumanStep[]) => buildInput({ policy: { deliveryTimeout: '50ms', escalation } });
const opened = (messageId: string, number = 1) =>
  until(`task ${number}`, () => harness.callsOf(messageId).openTask[number - 1]);

it('consecutive human steps pass the task on, and each says where it came from and goes to', async () => {
  const onCall = { channel: 'sms', to: '+12025550109' } as const;
  const first = desk({ queue: 'day', acknowledgeTimeout: '50ms', onCall });
  const input = asking(first, desk({ queue: 'night', acknowledgeTimeout: '50ms' }), desk({ queue: 'chief' }));
  const handle = await harness.start(input, { send: () => handedOver() });
  await opened(input.messageId, 3);
  await handle.executeUpdate('acknowledge', { args: [{ by: 'Ann', note: 'on my way', step: 3 }] });
  await expect(handle.result()).resolves.toMatchObject({ kind: 'acknowledged' });
  const { closeTask, openTask } = harness.callsOf(input.messageId);
  expect(openTask).toMatchObject([
    { step: 1, queue: 'day', passesTo: 'night', onCall },
    { step: 2, queue: 'night', cameFrom: 'day', passesTo: 'chief' },
    { step: 3, queue: 'chief', cameFrom: 'night' },
  ]);
  expect(openTask[0]).not.toHaveProperty('cameFrom');
  expect(openTask[2]).not.toHaveProperty('passesTo');
  expect(closeTask.map(({ closing }) => closing)).toEqual([
    { kind: 'expired' },
    { kind: 'expired' },
    { kind: 'acknowledged', by: 'Ann', note: 'on my way' },
  ]);
});

it('of many acknowledgements at once one wins, and the others are told whose it was', async () => {
  const input = asking(desk());
  const handle = await harness.start(input, { send: () => handedOver() });
  await opened(input.messageId);
  const people = Array.from({ length: 10 }, (_, index) => `person ${index}`);
  const answers = await Promise.allSettled(people.map((by) => handle.executeUpdate('acknowledge', { args: [{ by }] })));
  await expect(handle.result()).resolves.toMatchObject({ kind: 'acknowledged' });
  const { closing } = harness.callsOf(input.messageId).closeTask[0] ?? {};
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const winner = people[answers.findIndex(({ status }) => status === 'fulfilled')] ?? '';
  expect(closing).toEqual({ kind: 'acknowledged', by: winner });
  const refused = answers.flatMap((answer) =>
    answer.status === 'rejected' && answer.reason instanceof WorkflowUpdateFailedError ? [answer.reason.cause] : [],
  );
  // What came after the end found no workflow any more.
  refused.forEach((cause) => {
    expect(cause).toMatchObject({ type: UPDATE_REFUSALS.noOpenTask });
    expect(cause?.message).toMatch(new RegExp(`^${winner} has taken the task already, at \\d{4}-`));
  });
});

it('an acknowledgement of a task that has passed on is not taken for the next one', async () => {
  const input = asking(desk({ queue: 'day', acknowledgeTimeout: '50ms' }), desk({ queue: 'night' }));
  const handle = await harness.start(input, { send: () => handedOver() });
  await opened(input.messageId, 2);
  const late = handle.executeUpdate('acknowledge', { args: [{ by: 'Ann', step: 1 }] });
  await expect(late).rejects.toMatchObject({
    cause: { type: UPDATE_REFUSALS.noOpenTask, message: expect.stringContaining('in the queue night') as unknown },
  });
  await handle.executeUpdate('acknowledge', { args: [{ by: 'Bob', step: 2 }] });
  await expect(handle.result()).resolves.toMatchObject({ kind: 'acknowledged' });
});

it('a delivery that is proved meanwhile makes the task needless, and says so', async () => {
  const input = asking(desk());
  const sent = handedOver();
  const handle = await harness.start(input, { send: () => sent });
  await opened(input.messageId);
  await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
  await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered' });
  expect(harness.callsOf(input.messageId).closeTask[0]?.closing).toEqual({ kind: 'not_needed', because: 'delivered' });
});
