import { type ConversationStore } from '../database/conversation-store';
import { type OptOutEntry, type OptOutStatement, type OptOutStore } from '../database/opt-out-store';
import { type MessageChannel } from '../domain/channel';
import { type OptOutScope } from '../domain/opt-out-scope';
import { type ConversationSid } from '../domain/sid';

/** A STOP or START of a person: who said it to whom, and never the text. */
export interface SaidWord {
  readonly channel: MessageChannel;
  /** The person, E.164. */
  readonly from: string;
  /** The sender of ours that was written to, or the conversation that leads to it. */
  readonly writtenTo: { readonly sender: string } | { readonly conversationSid: ConversationSid };
  readonly word: 'stop' | 'start';
  /** SID of the inbound message. */
  readonly evidence: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface RecordWordDependencies {
  readonly optOuts: Pick<OptOutStore, 'record' | 'show'>;
  readonly conversations: Pick<ConversationStore, 'senderOf'>;
}

/** Resolves once the ledger has the word; the same message again changes nothing. */
export type RecordWord = (said: SaidWord) => Promise<{ readonly isNew: boolean }>;

/** Takes STOP and START into the ledger. */
export function createRecordWord(deps: RecordWordDependencies): RecordWord {
  return async function recordWord(said) {
    const sender = await senderOf(deps.conversations, said);
    const { isNew } = await deps.optOuts.record(statement(said, ownScope(said, sender)));
    // An old START that somebody sends again must not lift what was said after it.
    if (said.word === 'start' && isNew) {
      const wider = (await deps.optOuts.show(said.from)).filter((entry) => isLifted(entry, said, sender));
      for (const { scope } of wider) {
        await deps.optOuts.record(statement(said, scope));
      }
    }
    return { isNew };
  };
}

function statement({ from: address, evidence, at, word }: SaidWord, scope: OptOutScope): OptOutStatement {
  return { address, scope, optedOut: word === 'stop', source: 'inbound_word', evidence, actor: 'recipient', at };
}

/** Undefined when nobody knows. */
function senderOf(
  conversations: RecordWordDependencies['conversations'],
  { from, writtenTo }: SaidWord,
): Promise<string | undefined> {
  return 'sender' in writtenTo
    ? Promise.resolve(writtenTo.sender)
    : conversations.senderOf(from, writtenTo.conversationSid);
}

/** A STOP holds for the sender that it was written to. Without a known sender it is safer to take it for the whole channel. */
function ownScope({ channel }: SaidWord, sender: string | undefined): OptOutScope {
  return sender === undefined ? { channel } : { sender };
}

/**
 * A START also takes back what a refusal has closed on its channel. It does not open what was closed for every sender
 * and channel, or for one category: that was said elsewhere and for another reason.
 */
function isLifted({ optedOut, scope }: OptOutEntry, { channel }: SaidWord, sender: string | undefined): boolean {
  const isSomewhere = scope.sender !== undefined || scope.channel !== undefined;
  return (
    optedOut &&
    isSomewhere &&
    scope.category === undefined &&
    (scope.sender === undefined || scope.sender === sender) &&
    (scope.channel === undefined || scope.channel === channel)
  );
}
