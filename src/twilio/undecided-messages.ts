import { type ServiceContext } from 'twilio/lib/rest/conversations/v1/service';
import { type ConversationSid, type MessageSid, parseSid } from '../domain/sid';
import { callTwilio } from './to-twilio-error';

/** Two pages of the most that Twilio puts on one. */
const PAGE_SIZE = 100;
const NEWEST = 200;

/**
 * Parts of a message's `delivery` that are other than `none` once a receipt has decided.
 * Source: https://www.twilio.com/docs/conversations/api/conversation-message-resource (property `delivery`)
 */
const DECIDED_PARTS = ['delivered', 'read', 'failed', 'undelivered'] as const;

/** Of the newest messages of a conversation, those that no receipt has decided, as their summaries say. */
export function undecidedMessages(
  service: ServiceContext,
  conversationSid: ConversationSid,
): Promise<ReadonlySet<MessageSid>> {
  return callTwilio('list messages', 'repeatable', async () => {
    const messages = await service
      .conversations(conversationSid)
      .messages.list({ order: 'desc', pageSize: PAGE_SIZE, limit: NEWEST });
    return new Set(
      messages.filter(({ delivery }) => isUndecided(delivery)).map((message) => parseSid(message.sid, 'IM')),
    );
  });
}

/** A message without a summary says nothing either way: its receipts have to be read. */
function isUndecided(delivery: unknown): boolean {
  if (typeof delivery !== 'object' || delivery === null) {
    return false;
  }
  const parts: Readonly<Record<string, unknown>> = { ...delivery };
  return DECIDED_PARTS.every((part) => parts[part] === 'none');
}
