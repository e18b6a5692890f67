import { type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type deliverMessage } from '../../../workflows';
import { deliveryEventSignal, type DeliverMessageInput, SEND_FAILURES, stateQuery } from '../../../workflows/contract';
import { until } from '../../support/until';
import { buildInput } from '../../workflow/support/build-input';
import { type DeliveryHarness } from '../../workflow/support/delivery-harness';
import { handedOver, receipt, type Script } from '../../workflow/support/scripted-activities';

/** A story worth keeping: its history is recorded once for each shipped version of the workflow. */
export interface Scenario {
  readonly input: DeliverMessageInput;
  readonly script: Script;
  /** What happens from outside while the workflow runs. */
  readonly play?: (handle: WorkflowHandle<typeof deliverMessage>, harness: DeliveryHarness) => Promise<void>;
}

const ON_CALL = { channel: 'human', queue: 'on-call', acknowledgeTimeout: '10s' } as const;
const refused = (errorCode: number) => handedOver((messageSid) => [receipt(messageSid, 'undelivered', errorCode)]);
const delivered = () => handedOver((messageSid) => [receipt(messageSid, 'delivered')]);

/** Every road through the workflow, by the name of its file. */
export const SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  delivered: () => {
    const sent = handedOver();
    const input = buildInput();
    return {
      input,
      script: { send: () => sent },
      play: async (handle, harness) => {
        await until('the send', () => harness.callsOf(input.messageId).sendMessage.length === 1);
        await until('the wait', async () => (await handle.query(stateQuery)).status === 'awaiting_receipt');
        await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
      },
    };
  },
  'retried-then-delivered': () => ({
    input: buildInput(),
    script: { send: (_, number) => (number === 1 ? refused(30008) : delivered()) },
  }),
  'opted-out': () => ({ input: buildInput(), script: { send: () => refused(21610) } }),
  'held-back': () => ({ input: buildInput(), script: { send: () => ({ kind: 'opted_out', reason: 'held back' }) } }),
  ambiguous: () => ({
    input: buildInput(),
    script: {
      send: () => {
        throw ApplicationFailure.create({ type: SEND_FAILURES.unknown, message: 'reset', nonRetryable: true });
      },
    },
  }),
  'escalated-to-a-person': () => {
    const input = buildInput({
      policy: { deliveryTimeout: '50ms', escalation: [{ channel: 'sms', to: '+12025550124' }, ON_CALL] },
    });
    return {
      input,
      script: { send: () => handedOver() },
      play: async (handle, harness) => {
        await until('the task', () => harness.callsOf(input.messageId).openTask[0]);
        await handle.executeUpdate('acknowledge', { args: [{ by: 'ada' }] });
      },
    };
  },
  'late-receipt-while-backing-off': () => {
    const sent = handedOver();
    const input = buildInput({
      policy: {
        deliveryTimeout: '50ms',
        onTimeout: 'retry',
        retry: { initialDelay: '10s', factor: 1, maxDelay: '10s' },
      },
    });
    return {
      input,
      script: { send: () => sent },
      play: async (handle, harness) => {
        await until('the pause', () => harness.callsOf(input.messageId).recordProgress[0]);
        await handle.signal(deliveryEventSignal, receipt(sent.messageSid, 'delivered'));
      },
    };
  },
  canceled: () => {
    const input = buildInput();
    return {
      input,
      script: { send: () => handedOver() },
      play: async (handle, harness) => {
        await until('the send', () => harness.callsOf(input.messageId).sendMessage.length === 1);
        await handle.executeUpdate('cancel', { args: [{ by: 'tests' }] });
      },
    };
  },
  'found-by-polling': () => ({
    input: buildInput({ policy: { deliveryTimeout: '50ms' } }),
    script: { send: () => handedOver(), poll: (messageSid) => [receipt(messageSid, 'delivered')] },
  }),
};
