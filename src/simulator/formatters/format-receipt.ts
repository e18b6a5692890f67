import { toRestDate } from '../dates';
import { type DeliveryReceipt } from '../entities/delivery-receipt';

/**
 * A receipt as the API answers it. While the message is inside Twilio there is no status; Twilio's API description
 * does not allow null there, so the field is left out.
 * @param pathServiceSid null on the paths of the default service, whose answers do not name it
 * @param messageUrl the URL of its message
 */
export function formatReceipt(
  accountSid: string,
  pathServiceSid: string | null,
  messageUrl: string,
  receipt: DeliveryReceipt,
): Record<string, unknown> {
  return {
    account_sid: accountSid,
    ...(pathServiceSid === null ? {} : { chat_service_sid: pathServiceSid }),
    conversation_sid: receipt.conversationSid,
    sid: receipt.deliveryReceiptSid,
    message_sid: receipt.messageSid,
    channel_message_sid: receipt.channelMessageSid,
    participant_sid: receipt.participantSid,
    ...(receipt.status === null ? {} : { status: receipt.status }),
    error_code: receipt.errorCode ?? 0,
    date_created: toRestDate(receipt.createdAt),
    date_updated: toRestDate(receipt.updatedAt),
    url: `${messageUrl}/Receipts/${receipt.deliveryReceiptSid}`,
  };
}
