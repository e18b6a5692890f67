import { randomUUID } from 'node:crypto';
import { DEFAULT_POLICIES, type Policy } from '../../../src/domain/policy';
import { type SendRequest } from '../../../src/domain/send-request';
import { type DeliverMessageInput } from '../../../workflows/contract';

/** Time-outs of tests are inputs: short ones, since a dev server cannot skip time. */
export const QUICK_POLICY: Policy = {
  ...DEFAULT_POLICIES.notification,
  deliveryTimeout: '10s',
  retry: { initialDelay: '20ms', factor: 1, maxDelay: '20ms' },
};

/** A message to deliver; numbers of +1 202 555 01xx are reserved for examples. */
export function buildInput(
  request: Partial<Omit<SendRequest, 'policy'>> & { policy?: Partial<Policy> } = {},
): DeliverMessageInput {
  const { policy, ...rest } = request;
  return {
    messageId: `msg_${randomUUID()}`,
    tenant: 'tests',
    requestHash: 'hash',
    request: {
      to: '+12025550123',
      channel: 'sms',
      content: { body: 'Your table is ready.' },
      category: 'notification',
      metadata: {},
      policy: { ...QUICK_POLICY, ...policy },
      ...rest,
    },
  };
}
