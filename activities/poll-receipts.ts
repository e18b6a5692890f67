import { type InboxStore, type IncomingReceipt } from '../src/database/inbox-store';
import { type DeliveryEvent } from '../src/domain/delivery-event';
import { type ConversationSid, type MessageSid } from '../src/domain/sid';
import { type OptOutMarker } from '../src/inbox/opt-out-marker';
import { type ReceiptSnapshot, type TwilioGateway } from '../src/twilio/gateway';

export interface PollReceiptsInput {
  readonly conversationSid: ConversationSid;
  readonly messageSid: MessageSid;
}

export interface PollReceiptsDependencies {
  readonly gateway: Pick<TwilioGateway, 'readReceipts'>;
  readonly inbox: Pick<InboxStore, 'store'>;
  readonly markOptOut: OptOutMarker;
}

/** Asks Twilio for the receipts of a message and puts them into the inbox, as if their webhooks had come. */
export function createPollReceipts(deps: PollReceiptsDependencies) {
  return async function pollReceipts(input: PollReceiptsInput): Promise<DeliveryEvent[]> {
    const snapshots = await deps.gateway.readReceipts(input.conversationSid, input.messageSid);
    const events: DeliveryEvent[] = [];
    for (const receipt of snapshots.flatMap(toIncomingReceipt)) {
      const { event, match } = await deps.inbox.store(receipt);
      if (match !== undefined) {
        await deps.markOptOut({ ...event, subject: event.messageSid }, match);
      }
      events.push(event);
    }
    return events;
  };
}

/** Nothing, while the message is still inside Twilio. */
function toIncomingReceipt({ status, updatedAt, ...receipt }: ReceiptSnapshot): IncomingReceipt[] {
  return status === undefined ? [] : [{ ...receipt, status, at: updatedAt, source: 'poll', unknownFields: {} }];
}
