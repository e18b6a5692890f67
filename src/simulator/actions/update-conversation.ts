import { type Conversation } from '../entities/conversation';
import { type Service } from '../entities/service';
import { twilioErrors } from '../errors/twilio-errors';
import { type Simulation } from '../simulation';
import { touch } from '../state/recent-conversations';
import { conversationEvent } from '../webhooks/webhook-events';
import { changeConversationState } from './change-conversation-state';
import { type ConversationDraft } from './create-conversation';

/**
 * Changes what the changes name.
 * @param isTold whether webhooks tell of it
 * @throws TwilioApiError 50377 when it is closed, 50353 when another one has the unique name
 */
export function updateConversation(
  simulation: Simulation,
  service: Service,
  conversation: Conversation,
  { state, ...changes }: Partial<ConversationDraft>,
  isTold: boolean,
): void {
  if (conversation.state === 'closed') {
    throw twilioErrors.conversationClosed();
  }
  if (changes.uniqueName !== undefined) {
    rename(service, conversation, changes.uniqueName);
  }
  const changed = Object.keys(changes);
  if (changed.length > 0) {
    Object.assign(conversation, changes, { updatedAt: new Date() });
    touch(simulation.state, conversation);
    const { conversationSid } = conversation;
    simulation.logs.events.append({
      kind: 'conversation.updated',
      conversationSid,
      detail: { changed: changed.join() },
    });
    if (isTold) {
      void simulation.webhooks.send(conversationEvent('onConversationUpdated', conversation));
    }
  }
  if (state !== undefined) {
    changeConversationState(simulation, conversation, state, { reason: 'API', isTold });
  }
}

function rename(service: Service, conversation: Conversation, uniqueName: string | null): void {
  const names = service.conversationsByUniqueName;
  const holder = uniqueName === null ? undefined : names.get(uniqueName);
  if (holder !== undefined && holder !== conversation) {
    throw twilioErrors.uniqueNameExists();
  }
  if (conversation.uniqueName !== null) {
    names.delete(conversation.uniqueName);
  }
  if (uniqueName !== null) {
    names.set(uniqueName, conversation);
  }
}
