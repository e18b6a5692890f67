import { type RecordWord } from '../src/inbox/record-word';
import { type TakeOnCallReply } from '../src/inbox/on-call-replies';
import { type DeferredWord } from '../workflows/contract';

/**
 * Takes a STOP or START into the ledger that was said while Postgres was away, or the reply to a task, which the sweep settles.
 * Repeating it changes nothing. Nothing is replied to a word: it may be hours later.
 */
export function createStoreInboundWord(deps: { readonly recordWord: RecordWord; readonly takeReply: TakeOnCallReply }) {
  return async function storeInboundWord(word: DeferredWord): Promise<void> {
    await (word.word === 'acknowledge' ? deps.takeReply(word) : deps.recordWord(word));
  };
}
