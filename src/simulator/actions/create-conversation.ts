import { type Conversation, type ConversationState } from '../entities/conversation';
import { type Service } from '../entities/service';
import { twilioErrors } from '../errors/twilio-errors';
import { newSid } from '../sids';
import { type Simulation } from '../simulation';
import { touch } from '../state/recent-conversations';
import { conversationEvent } from '../webhooks/webhook-events';

/** What a new conversation is made of. */
export interface ConversationDraft {
  readonly uniqueName: string | null;
  readonly friendlyName: string | null;
  readonly attributes: string;
  readonly messagingServiceSid: string | null;
  readonly state: ConversationState;
}

/**
 * Makes a conversation.
 * @param isTold whether webhooks tell of it
 * @throws TwilioApiError 50353 when the service has a conversation of that unique name
 */
export function createConversation(
  simulation: Simulation,
  service: Service,
  draft: ConversationDraft,
  isTold: boolean,
): Conversation {
  const { state, logs, webhooks } = simulation;
  if (draft.uniqueName !== null && service.conversationsByUniqueName.has(draft.uniqueName)) {
    throw twilioErrors.uniqueNameExists();
  }
  const now = new Date();
  const conversation: Conversation = {
    conversationSid: newSid('CH'),
    serviceSid: service.serviceSid,
    ...draft,
    createdAt: now,
    updatedAt: now,
    participants: new Map(),
    messages: [],
  };
  service.conversations.push(conversation);
  state.conversations.set(conversation.conversationSid, conversation);
  if (draft.uniqueName !== null) {
    service.conversationsByUniqueName.set(draft.uniqueName, conversation);
  }
  touch(state, conversation);
  const { conversationSid, uniqueName } = conversation;
  logs.events.append({
    kind: 'conversation.created',
    conversationSid,
    detail: { uniqueName, state: conversation.state },
  });
  if (isTold) {
    void webhooks.send(conversationEvent('onConversationAdded', conversation));
  }
  return conversation;
}
