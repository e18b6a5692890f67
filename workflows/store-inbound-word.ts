import { deferred } from './activity-proxies';
import { type DeferredWord } from './contract';

/** Keeps a STOP or START that was said while Postgres was away, and tells the ledger when Postgres is back. */
export async function storeInboundWord(word: DeferredWord): Promise<void> {
  await deferred().storeInboundWord(word);
}
