import { type ConversationStore } from '../database/conversation-store';
import { type OptOutEntry, type OptOutStatement, type OptOutStore } from '../database/opt-out-store';
import { type MessageChannel } from '../domain/channel';
import { type OptOutScope } from '../domain/opt-out-scope';
import { type InboundWord, readInboundWord } from '../domain/opt-out-word';
import { type ConversationSid } from '../domain/sid';

/** A message from a person. Address and text are personal: they go no further than the ledger and this check. */
export interface InboundText {
  readonly channel: MessageChannel;
  /** The person, E.164. */
  readonly from: string;
  /** The sender of ours that was written to, or the conversation that leads to it. */
  readonly writtenTo: { readonly sender: string } | { readonly conversationSid: ConversationSid };
  readonly text: string;
  /** What Twilio has already taken the text for; wins over the text itself. */
  readonly word?: InboundWord | undefined;
  /** SID of the inbound message. */
  readonly evidence: string;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * What came of a message: the ledger has a new opt-out, or one less; it was known already; it was none of the words;
 * or it is kept until Postgres is back.
 */
export type InboundResult = 'opted_out' | 'opted_in' | 'repeated' | 'no_word' | 'kept_for_later';

export interface AcceptInboundDependencies {
  readonly optOuts: Pick<OptOutStore, 'record' | 'show'>;
  readonly conversations: Pick<ConversationStore, 'senderOf'>;
}

/** Resolves once the ledger has what the message says. */
export type AcceptInbound = (inbound: InboundText) => Promise<InboundResult>;

/**
 * Takes STOP and START into the ledger; the same message again changes nothing. HELP and anything else leave it alone:
 * Twilio answers HELP by itself.
 */
export function createAcceptInbound(deps: AcceptInboundDependencies): AcceptInbound {
  return async function acceptInbound(inbound) {
    const word = ledgerWordOf(inbound);
    if (word === undefined) {
      return 'no_word';
    }
    const sender = await senderOf(deps.conversations, inbound);
    const { isNew } = await deps.optOuts.record(statement(inbound, ownScope(inbound, sender), word === 'stop'));
    // An old START that somebody sends again must not lift what was said after it.
    if (word === 'start' && isNew) {
      const wider = (await deps.optOuts.show(inbound.from)).filter((entry) => isLifted(entry, inbound, sender));
      for (const { scope } of wider) {
        await deps.optOuts.record(statement(inbound, scope, false));
      }
    }
    if (!isNew) {
      return 'repeated';
    }
    return word === 'stop' ? 'opted_out' : 'opted_in';
  };
}

function statement(inbound: InboundText, scope: OptOutScope, optedOut: boolean): OptOutStatement {
  const { from: address, evidence, at } = inbound;
  return { address, scope, optedOut, source: 'inbound_word', evidence, actor: 'recipient', at };
}

/** The word that the ledger has to hear of, if the message is one. */
export function ledgerWordOf({ text, word }: Pick<InboundText, 'text' | 'word'>): 'stop' | 'start' | undefined {
  const said = word ?? readInboundWord(text);
  return said === 'stop' || said === 'start' ? said : undefined;
}

/** Undefined when nobody knows. */
function senderOf(
  conversations: AcceptInboundDependencies['conversations'],
  { from, writtenTo }: InboundText,
): Promise<string | undefined> {
  return 'sender' in writtenTo
    ? Promise.resolve(writtenTo.sender)
    : conversations.senderOf(from, writtenTo.conversationSid);
}

/** A STOP holds for the sender that it was written to. Without a known sender it is safer to take it for the whole channel. */
function ownScope({ channel }: InboundText, sender: string | undefined): OptOutScope {
  return sender === undefined ? { channel } : { sender };
}

/**
 * A START also takes back what a refusal has closed on its channel. It does not open what was closed for every sender
 * and channel, or for one category: that was said elsewhere and for another reason.
 */
function isLifted({ optedOut, scope }: OptOutEntry, { channel }: InboundText, sender: string | undefined): boolean {
  const isSomewhere = scope.sender !== undefined || scope.channel !== undefined;
  return (
    optedOut &&
    isSomewhere &&
    scope.category === undefined &&
    (scope.sender === undefined || scope.sender === sender) &&
    (scope.channel === undefined || scope.channel === channel)
  );
}
