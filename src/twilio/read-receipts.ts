import { type ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { type DeliveryReceiptInstance } from 'twilio/lib/rest/conversations/v1/service/conversation/message/deliveryReceipt';
import { type ConversationSid, isSid, type MessageSid, parseSid } from '../domain/sid';
import { compact } from './compact';
import { type ReceiptSnapshot } from './gateway';
import { callTwilio } from './to-twilio-error';

/** Reads the receipts of a message, one for each participant that is reached outside Twilio's own chat. */
export function readReceipts(
  service: ServiceContext,
  conversationSid: ConversationSid,
  messageSid: MessageSid,
): Promise<ReceiptSnapshot[]> {
  return callTwilio('list receipts', 'repeatable', async () => {
    const receipts = await service.conversations(conversationSid).messages(messageSid).deliveryReceipts.list({
      pageSize: 50,
      limit: 1000,
    });
    return receipts.map(toSnapshot);
  });
}

function toSnapshot(receipt: DeliveryReceiptInstance): ReceiptSnapshot {
  const channelMessageSid = receipt.channelMessageSid as string | null;
  const status = receipt.status as string | null;
  const errorCode = receipt.errorCode as number | null;
  return {
    deliveryReceiptSid: parseSid(receipt.sid, 'DY'),
    participantSid: parseSid(receipt.participantSid, 'MB'),
    conversationSid: parseSid(receipt.conversationSid, 'CH'),
    messageSid: parseSid(receipt.messageSid, 'IM'),
    updatedAt: receipt.dateUpdated.toISOString(),
    ...compact({
      channelMessageSid:
        channelMessageSid !== null && isSid(channelMessageSid, 'SM', 'MM', 'WA') ? channelMessageSid : undefined,
      status: status ?? undefined,
      // Zero is the API's way to say that there is no error.
      errorCode: errorCode === null || errorCode === 0 ? undefined : errorCode,
    }),
  };
}
