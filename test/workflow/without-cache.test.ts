import { deliveryEventSignal } from '../../workflows/contract';
import { until } from '../support/until';
import { buildInput } from './support/build-input';
import { type DeliveryHarness, startDeliveryHarness } from './support/delivery-harness';
import { handedOver, receipt } from './support/scripted-activities';

/** Without a cache every step replays the history from its start: what is not deterministic fails at once. */
let harness: DeliveryHarness;
beforeAll(async () => {
  harness = await startDeliveryHarness({ maxCachedWorkflows: 0 });
});
afterAll(() => harness.stop());

it('retries, escalates to a person and hears the late receipt', async () => {
  const first = handedOver();
  const input = buildInput({
    policy: {
      deliveryTimeout: '100ms',
      maxAttempts: 2,
      onTimeout: 'retry',
      escalation: [{ channel: 'human', queue: 'desk', acknowledgeTimeout: '10s' }],
    },
  });
  const handle = await harness.start(input, { send: (_, number) => (number === 1 ? first : handedOver()) });
  await until('the task', () => harness.callsOf(input.messageId).openTask[0]);
  await handle.signal(deliveryEventSignal, receipt(first.messageSid, 'sent'));
  await handle.signal(deliveryEventSignal, receipt(first.messageSid, 'delivered'));
  await expect(handle.result()).resolves.toMatchObject({ kind: 'delivered', attempt: 1 });
});
