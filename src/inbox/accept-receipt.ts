import { type InboxEvent, type InboxStore, type IncomingReceipt, type StoredEvent } from '../database/inbox-store';
import { decides } from '../domain/delivery-state';
import { type Background } from './background';
import { type TellWorkflow } from './tell-workflow';

/** What came of a receipt: whether it was new, and its attempt when that is known; or that it is kept until Postgres is back. */
export type AcceptedReceipt = Pick<StoredEvent, 'isNew' | 'match'> | 'kept_for_later';

/** Resolves once the receipt is on disk; that a workflow is told of it goes on in the background. */
export type AcceptReceipt = (receipt: IncomingReceipt) => Promise<AcceptedReceipt>;

export interface AcceptReceiptDependencies {
  readonly inbox: Pick<InboxStore, 'store' | 'markSettled'>;
  readonly tellWorkflow: TellWorkflow;
  readonly background: Background;
}

/**
 * Stores receipts, one round trip each. A repetition ends there: whoever told it first, or the relay, sees to the signal.
 * So does a receipt whose message is not known yet: the send takes it along when it stores the SID.
 */
export function createAcceptReceipt(deps: AcceptReceiptDependencies): AcceptReceipt {
  return async function acceptReceipt(receipt) {
    const { isNew, ...stored } = await deps.inbox.store(receipt);
    if (isNew && decides(stored.event.status)) {
      // When the background is full the event stays due, and the relay tells it a little later.
      deps.background.run(() => tell(deps, stored));
    }
    return { isNew, ...(stored.match !== undefined && { match: stored.match }) };
  };
}

async function tell({ inbox, tellWorkflow }: AcceptReceiptDependencies, { event, match }: InboxEvent): Promise<void> {
  if (match === undefined) {
    return;
  }
  const result = await tellWorkflow(event, match);
  // A signalled event stays due on purpose. The workflow acknowledges it with its own next write (`heardEventIds`),
  // which saves a round trip for every receipt; the relay repeats those that a crash kept from being acknowledged.
  if (result === 'closed') {
    await inbox.markSettled(event.eventId);
  }
}
