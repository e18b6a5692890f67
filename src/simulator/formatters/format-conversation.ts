import { toRestDate } from '../dates';
import { type Conversation } from '../entities/conversation';
import { links } from './urls';

/** A conversation as the API answers it. @param baseUrl the URL up to the service, or to `/v1` */
export function formatConversation(
  accountSid: string,
  baseUrl: string,
  conversation: Conversation,
): Record<string, unknown> {
  const url = `${baseUrl}/Conversations/${conversation.conversationSid}`;
  return {
    account_sid: accountSid,
    chat_service_sid: conversation.serviceSid,
    messaging_service_sid: conversation.messagingServiceSid,
    sid: conversation.conversationSid,
    friendly_name: conversation.friendlyName,
    unique_name: conversation.uniqueName,
    attributes: conversation.attributes,
    state: conversation.state,
    date_created: toRestDate(conversation.createdAt),
    date_updated: toRestDate(conversation.updatedAt),
    timers: {},
    url,
    links: links(url, { participants: 'Participants', messages: 'Messages', webhooks: 'Webhooks' }),
    bindings: null,
  };
}
