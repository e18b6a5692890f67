import { deferred } from './activity-proxies';
import { type DeferredReceipt } from './contract';

/** Keeps a receipt whose webhook came while Postgres was away, and stores it when Postgres is back. */
export async function storeDeliveryEvent(receipt: DeferredReceipt): Promise<void> {
  await deferred().storeReceipt(receipt);
}
