import { type IncomingReceipt } from '../../../database/inbox-store';
import { type DeliveryUpdated } from '../../../twilio/delivery-updated';
import { compact } from '../../../twilio/compact';

/**
 * The receipt that a webhook tells of, for the inbox.
 * @param receivedAt ISO 8601, in place of Twilio's time when that is missing.
 */
export function toIncomingReceipt(event: DeliveryUpdated, receivedAt: string): IncomingReceipt {
  const { participantSid, channelMessageSid, errorCode, reason } = event;
  return {
    deliveryReceiptSid: event.deliveryReceiptSid,
    messageSid: event.messageSid,
    conversationSid: event.conversationSid,
    ...compact({ participantSid, channelMessageSid, errorCode }),
    status: event.status,
    at: event.updatedAt ?? event.createdAt ?? receivedAt,
    source: 'webhook',
    unknownFields: reason === undefined ? event.unknownFields : { ...event.unknownFields, DeliveryReason: reason },
  };
}
