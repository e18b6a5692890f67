import { type DeliveryEvent } from '../src/domain/delivery-event';
import { type MessageAtTwilio, takeReceipts, type TakeReceiptsDependencies } from './take-receipts';

/** Asks Twilio for the receipts of a message, for a workflow that is about to take silence for silence. */
export function createPollReceipts(deps: TakeReceiptsDependencies) {
  return async function pollReceipts(input: MessageAtTwilio): Promise<DeliveryEvent[]> {
    const stored = await takeReceipts(deps, input);
    return stored.map(({ event }) => event);
  };
}
