import { type MessageSid } from '../src/domain/sid';
import { type OpenConversation } from '../src/twilio/gateway';
import { type Handover, type HandOverDependencies } from './handover-context';
import { type SendResult } from './send-message';

export type HandedOver = Extract<SendResult, { kind: 'handed_over' }>;

/** Stores the SID of an attempt's message, and marks the opt-outs of which receipts told before the SID was known. */
export async function storeCreated(
  { markAddress, messages, optOutCodes }: HandOverDependencies,
  { message, attempt }: Pick<Handover, 'message' | 'attempt'>,
  conversation: OpenConversation,
  messageSid: MessageSid,
): Promise<HandedOver> {
  const events = await messages.recordCreated(message.messageId, attempt.number, { ...conversation, messageSid });
  for (const event of events) {
    await markAddress({ ...event, subject: event.messageSid }, attempt);
  }
  return { kind: 'handed_over', ...conversation, messageSid, events, optOutCodes };
}
