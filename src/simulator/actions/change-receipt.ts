import { type DeliveryReceipt, type ReceiptStatus } from '../entities/delivery-receipt';
import { type Simulation } from '../simulation';
import { touch } from '../state/recent-conversations';
import { type WebhookEvent } from '../webhooks/webhook-event';
import { deliveryUpdatedEvent } from '../webhooks/webhook-events';

/** What a receipt becomes. */
export interface ReceiptChange {
  readonly status: ReceiptStatus;
  readonly errorCode?: number | undefined;
}

/**
 * Gives a receipt another status and has it told.
 * @returns resolves when it is told, at once when the conversation is gone
 */
export async function changeReceipt(
  { state, logs }: Simulation,
  receipt: DeliveryReceipt,
  { status, errorCode }: ReceiptChange,
  teller: { tell(event: WebhookEvent): Promise<void> },
): Promise<void> {
  const conversation = state.conversations.get(receipt.conversationSid);
  if (conversation === undefined) {
    return;
  }
  receipt.status = status;
  receipt.errorCode = errorCode ?? null;
  receipt.updatedAt = new Date();
  touch(state, conversation);
  const { conversationSid, messageSid, participantSid, deliveryReceiptSid } = receipt;
  const detail = { status, errorCode: receipt.errorCode };
  logs.events.append({
    kind: 'receipt.changed',
    conversationSid,
    messageSid,
    participantSid,
    deliveryReceiptSid,
    detail,
  });
  await teller.tell(deliveryUpdatedEvent(conversation, receipt));
}
