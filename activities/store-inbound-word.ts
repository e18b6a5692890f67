import { type AcceptInbound } from '../src/inbox/accept-inbound';
import { type DeferredWord } from '../workflows/contract';

/** Takes a STOP or START into the ledger that was said while Postgres was away. Repeating it changes nothing. */
export function createStoreInboundWord(deps: { readonly acceptInbound: AcceptInbound }) {
  return async function storeInboundWord(word: DeferredWord): Promise<void> {
    await deps.acceptInbound({ ...word, text: '' });
  };
}
