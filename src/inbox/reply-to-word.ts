import { type ConversationStore } from '../database/conversation-store';
import { type MessageStore } from '../database/message-store';
import { type OptOutStore } from '../database/opt-out-store';
import { messageIdFor } from '../domain/message-id';
import { type TextReading } from '../domain/opt-out-word';
import { DEFAULT_POLICIES, type Policy } from '../domain/policy';
import { requestHash } from '../domain/request-hash';
import { type SendRequest } from '../domain/send-request';
import { type ConversationSid } from '../domain/sid';
import { type WordReplies } from '../domain/word-replies';
import { workflowIdFor } from '../domain/workflow-id';
import { type Logger } from '../telemetry/logger';
import { type MessageClient } from '../temporal/message-client';
import { startOrLeaveToSweep } from '../temporal/start-or-leave-to-sweep';
import { type InboundText } from './accept-inbound';

/** Whose messages the replies are. With an API key of this tenant they can be listed. */
export const REPLY_TENANT = 'posthorn';

/** One try and no ladder: a reply is never worth a second message, and silence is no reason for one. */
const REPLY_POLICY: Policy = { ...DEFAULT_POLICIES.notification, maxAttempts: 1, onTimeout: 'accept', escalation: [] };

/** How long after the word a reply still makes sense, in milliseconds: later it would only be one more message. */
const REPLY_LIVES_MS = 15 * 60_000;

/** `none`: nothing is to be said. `repeated`: the conversation had this reply on that day already. */
export type Reply = 'accepted' | 'repeated' | 'none';

/** Has a word answered, if it is to be. Never fails: the ledger has the word already, and that is what counts. */
export type ReplyToWord = (inbound: InboundText, reading: TextReading) => Promise<Reply>;

export interface ReplyToWordDependencies {
  readonly replies: WordReplies;
  readonly messages: Pick<MessageStore, 'accept'>;
  readonly client: Pick<MessageClient, 'start'>;
  readonly optOuts: Pick<OptOutStore, 'show'>;
  readonly conversations: Pick<ConversationStore, 'senderOf'>;
  readonly logger: Logger;
}

type Word = Extract<TextReading, { readonly kind: 'word' }>;

/** A word that may be answered, in a conversation of ours. */
interface Answerable {
  readonly inbound: InboundText;
  readonly conversationSid: ConversationSid;
  readonly reading: Word;
  readonly body: string;
}

/**
 * Replies as ordinary messages, so that one reply is one Twilio message whatever crashes. The id is made of word,
 * conversation and day (UTC): one word is answered once a day at most, however often it comes.
 */
export function createReplyToWord(deps: ReplyToWordDependencies): ReplyToWord {
  return async function replyToWord(inbound, reading) {
    const answerable = findReply(deps.replies, inbound, reading);
    if (answerable === undefined) {
      return 'none';
    }
    try {
      return await reply(deps, answerable);
    } catch (error) {
      deps.logger.warn({ err: error }, 'a word was taken into account and not answered');
      return 'none';
    }
  };
}

/**
 * Nothing is said where Twilio has replied already (OptOutType; its default words on phone numbers), outside our
 * conversations, and to a message without Twilio's time: on another day it could not be told from a new one.
 */
function findReply(replies: WordReplies, inbound: InboundText, reading: TextReading): Answerable | undefined {
  if (inbound.word !== undefined || reading.kind !== 'word' || !inbound.isDatedByTwilio) {
    return undefined;
  }
  const isAnsweredByTwilio = inbound.channel === 'sms' && reading.isTwilioDefault;
  const body = replies[reading.language]?.[reading.word];
  if (isAnsweredByTwilio || body === undefined || 'sender' in inbound.writtenTo) {
    return undefined;
  }
  return { inbound, reading, body, conversationSid: inbound.writtenTo.conversationSid };
}

async function reply(deps: ReplyToWordDependencies, answerable: Answerable): Promise<Reply> {
  const { conversationSid, inbound, reading } = answerable;
  const sender = await deps.conversations.senderOf(inbound.from, conversationSid);
  if (sender === undefined || !(await isStillSo(deps.optOuts, answerable, sender))) {
    return 'none';
  }
  const key = `${reading.word} ${conversationSid} ${inbound.at.slice(0, '2026-01-31'.length)}`;
  const messageId = messageIdFor(REPLY_TENANT, key);
  const message = {
    messageId,
    tenant: REPLY_TENANT,
    requestHash: requestHash(key),
    request: toRequest(answerable, sender),
  };
  const acceptance = await deps.messages.accept({ ...message, workflowId: workflowIdFor(messageId) });
  if (acceptance.kind !== 'accepted') {
    return 'repeated';
  }
  await startOrLeaveToSweep(deps, message);
  return 'accepted';
}

/** Whether the ledger says what the reply would say: another word may have been said later and come earlier. */
async function isStillSo(
  optOuts: Pick<OptOutStore, 'show'>,
  { inbound, reading }: Answerable,
  sender: string,
): Promise<boolean> {
  if (reading.word === 'help') {
    return true;
  }
  const entries = await optOuts.show(inbound.from);
  const own = entries.find(
    ({ scope }) => scope.sender === sender && scope.channel === undefined && scope.category === undefined,
  );
  return own?.at === inbound.at && own.optedOut === (reading.word === 'stop');
}

function toRequest({ body, inbound, reading }: Answerable, sender: string): SendRequest {
  return {
    to: inbound.from,
    from: sender,
    channel: inbound.channel,
    content: { body },
    category: 'notification',
    policy: REPLY_POLICY,
    expiresAt: new Date(Date.parse(inbound.at) + REPLY_LIVES_MS).toISOString(),
    ignoreQuietHours: { reason: 'the recipient has just written' },
    answers: inbound.evidence,
    metadata: { answers: inbound.evidence, word: reading.word },
  };
}
