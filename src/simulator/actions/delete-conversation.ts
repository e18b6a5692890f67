import { type Conversation } from '../entities/conversation';
import { type Service } from '../entities/service';
import { type Simulation } from '../simulation';
import { conversationEvent } from '../webhooks/webhook-events';
import { forgetParticipant } from './remove-participant';

/**
 * Deletes a conversation with its participants and messages.
 * @param isTold whether webhooks tell of it
 */
export function deleteConversation(
  { state, logs, webhooks }: Simulation,
  service: Service,
  conversation: Conversation,
  isTold: boolean,
): void {
  for (const participant of conversation.participants.values()) {
    forgetParticipant(state, conversation, participant);
  }
  for (const message of conversation.messages) {
    state.messages.delete(message.messageSid);
  }
  const { conversationSid, uniqueName } = conversation;
  state.conversations.delete(conversationSid);
  state.recentConversations.delete(conversationSid);
  if (uniqueName !== null) {
    service.conversationsByUniqueName.delete(uniqueName);
  }
  service.conversations[service.conversations.indexOf(conversation)] = undefined;
  logs.events.append({ kind: 'conversation.deleted', conversationSid, detail: {} });
  if (isTold) {
    void webhooks.send(conversationEvent('onConversationRemoved', conversation));
  }
}
