import { type InboxStore, type IncomingReceipt, type StoredEvent } from '../src/database/inbox-store';
import { type ConversationSid, type MessageSid } from '../src/domain/sid';
import { type AddressMarker } from '../src/inbox/address-marker';
import { type ReceiptSnapshot, type TwilioGateway } from '../src/twilio/gateway';

/** Which message to ask Twilio about. */
export interface MessageAtTwilio {
  readonly conversationSid: ConversationSid;
  readonly messageSid: MessageSid;
}

export interface TakeReceiptsDependencies {
  readonly gateway: Pick<TwilioGateway, 'readReceipts'>;
  readonly inbox: Pick<InboxStore, 'store'>;
  readonly markAddress: AddressMarker;
}

/** Asks Twilio for the receipts of a message and puts them into the inbox, as if their webhooks had come. */
export async function takeReceipts(
  deps: TakeReceiptsDependencies,
  { conversationSid, messageSid }: MessageAtTwilio,
): Promise<StoredEvent[]> {
  const snapshots = await deps.gateway.readReceipts(conversationSid, messageSid);
  const stored: StoredEvent[] = [];
  for (const receipt of snapshots.flatMap(toIncomingReceipt)) {
    const storedEvent = await deps.inbox.store(receipt);
    const { event, match } = storedEvent;
    if (match !== undefined) {
      await deps.markAddress({ ...event, subject: event.messageSid }, match);
    }
    stored.push(storedEvent);
  }
  return stored;
}

/** Nothing, while the message is still inside Twilio. */
function toIncomingReceipt({ status, updatedAt, ...receipt }: ReceiptSnapshot): IncomingReceipt[] {
  return status === undefined ? [] : [{ ...receipt, status, at: updatedAt, source: 'poll', unknownFields: {} }];
}
