import { type InboxStore } from '../src/database/inbox-store';
import { type DeferredReceipt } from '../workflows/contract';

/**
 * Puts a receipt into the inbox whose webhook came while Postgres was away. It is due for a signal from then on, and the relay
 * passes it on. Repeating it changes nothing.
 */
export function createStoreReceipt(deps: { readonly inbox: Pick<InboxStore, 'store'> }) {
  return async function storeReceipt(receipt: DeferredReceipt): Promise<void> {
    await deps.inbox.store({ ...receipt, unknownFields: {} });
  };
}
