import { toRestDate } from '../dates';
import { type Conversation } from '../entities/conversation';
import { type Participant } from '../entities/participant';
import { formatBinding } from './format-participant';

/** A participant with its conversation as the API answers them. @param baseUrl the URL up to the service, or to `/v1` */
export function formatParticipantConversation(
  accountSid: string,
  baseUrl: string,
  participant: Participant,
  conversation: Conversation,
): Record<string, unknown> {
  const url = `${baseUrl}/Conversations/${conversation.conversationSid}`;
  return {
    account_sid: accountSid,
    chat_service_sid: conversation.serviceSid,
    participant_sid: participant.participantSid,
    participant_user_sid: null,
    participant_identity: participant.identity,
    participant_messaging_binding: formatBinding(participant.binding),
    conversation_sid: conversation.conversationSid,
    conversation_unique_name: conversation.uniqueName,
    conversation_friendly_name: conversation.friendlyName,
    conversation_attributes: conversation.attributes,
    conversation_date_created: toRestDate(conversation.createdAt),
    conversation_date_updated: toRestDate(conversation.updatedAt),
    conversation_created_by: 'system',
    conversation_state: conversation.state,
    conversation_timers: {},
    links: { participant: `${url}/Participants/${participant.participantSid}`, conversation: url },
  };
}
