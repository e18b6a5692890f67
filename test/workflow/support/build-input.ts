import { randomUUID } from 'node:crypto';
import { DEFAULT_POLICIES, type Policy } from '../../../src/domain/policy';
import { type RecipientRequest, type SendRequest } from '../../../src/domain/send-request';
import { type ConversationSid } from '../../../src/domain/sid';
import { type DeliverMessageInput } from '../../../workflows/contract';

/** Time-outs of tests are inputs: short ones, since a dev server cannot skip time. */
export const QUICK_POLICY: Policy = {
  ...DEFAULT_POLICIES.notification,
  deliveryTimeout: '10s',
  retry: { initialDelay: '20ms', factor: 1, maxDelay: '20ms' },
};

/** A message to deliver; numbers of +1 202 555 01xx are reserved for examples. */
export function buildInput(
  request: Partial<Omit<RecipientRequest, 'policy'>> & { policy?: Partial<Policy> } = {},
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

/** A message to everybody in a conversation. */
export function buildConversationInput(
  policy: Partial<Policy> = {},
): DeliverMessageInput & { readonly request: Extract<SendRequest, { conversationSid: ConversationSid }> } {
  const { request, ...rest } = buildInput({ policy });
  const { category, content, metadata, policy: complete } = request;
  const conversationSid = `CH${'c'.repeat(32)}` as ConversationSid;
  return {
    ...rest,
    request: { conversationSid, channel: 'conversation', category, content, metadata, policy: complete },
  };
}
