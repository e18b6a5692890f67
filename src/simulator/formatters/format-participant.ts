import { toRestDate } from '../dates';
import { type MessagingBinding, type Participant } from '../entities/participant';

/**
 * A participant as the API answers it.
 * @param pathServiceSid null on the paths of the default service, whose answers do not name it
 * @param conversationUrl the URL of its conversation
 */
export function formatParticipant(
  accountSid: string,
  pathServiceSid: string | null,
  conversationUrl: string,
  participant: Participant,
): Record<string, unknown> {
  return {
    account_sid: accountSid,
    ...(pathServiceSid === null ? {} : { chat_service_sid: pathServiceSid }),
    conversation_sid: participant.conversationSid,
    sid: participant.participantSid,
    identity: participant.identity,
    attributes: participant.attributes,
    messaging_binding: formatBinding(participant.binding),
    role_sid: participant.roleSid,
    date_created: toRestDate(participant.createdAt),
    date_updated: toRestDate(participant.updatedAt),
    last_read_message_index: null,
    last_read_timestamp: null,
    url: `${conversationUrl}/Participants/${participant.participantSid}`,
  };
}

/** How a participant is reached, as the API answers it. */
export function formatBinding(binding: MessagingBinding | null): Record<string, string> | null {
  return binding === null
    ? null
    : { type: binding.type, address: binding.address, proxy_address: binding.proxyAddress };
}
