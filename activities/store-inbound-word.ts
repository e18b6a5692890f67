import { type ConversationStore } from '../src/database/conversation-store';
import { type RecordWord } from '../src/inbox/record-word';
import { type TakeOnCallReply } from '../src/inbox/on-call-replies';
import { type DeferredWord } from '../workflows/contract';

export interface StoreInboundWordDependencies {
  readonly recordWord: RecordWord;
  readonly takeReply: TakeOnCallReply;
  readonly conversations: Pick<ConversationStore, 'noteInbound'>;
}

/**
 * Takes a STOP or START into the ledger that was said while Postgres was away, or the reply to a task, which the sweep settles; and remembers
 * of whatever was said when it was. Repeating it changes nothing. Nothing is replied to a word: it may be hours later.
 */
export function createStoreInboundWord(deps: StoreInboundWordDependencies) {
  return async function storeInboundWord(word: DeferredWord): Promise<void> {
    const { at, from } = word;
    const writtenTo = word.word === 'acknowledge' ? { conversationSid: word.conversationSid } : word.writtenTo;
    await deps.conversations.noteInbound({ from, writtenTo, at });
    if (word.word === 'acknowledge') {
      await deps.takeReply(word);
    } else if (word.word !== 'none') {
      await deps.recordWord(word);
    }
  };
}
