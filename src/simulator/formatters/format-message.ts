import { toRestDate } from '../dates';
import { type Message } from '../entities/message';
import { formatDelivery } from './format-delivery';
import { links } from './urls';

/**
 * A message as the API answers it.
 * @param pathServiceSid null on the paths of the default service, whose answers do not name it
 * @param conversationUrl the URL of its conversation
 */
export function formatMessage(
  accountSid: string,
  pathServiceSid: string | null,
  conversationUrl: string,
  message: Message,
): Record<string, unknown> {
  const url = `${conversationUrl}/Messages/${message.messageSid}`;
  return {
    account_sid: accountSid,
    ...(pathServiceSid === null ? {} : { chat_service_sid: pathServiceSid }),
    conversation_sid: message.conversationSid,
    sid: message.messageSid,
    index: message.index,
    author: message.author,
    body: message.body,
    media: null,
    attributes: message.attributes,
    participant_sid: message.participantSid,
    date_created: toRestDate(message.createdAt),
    date_updated: toRestDate(message.createdAt),
    delivery: formatDelivery(message.receipts),
    url,
    links: links(url, { delivery_receipts: 'Receipts' }),
    content_sid: message.contentSid,
  };
}
