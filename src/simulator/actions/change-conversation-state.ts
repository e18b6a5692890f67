import { type Conversation, type ConversationState } from '../entities/conversation';
import { type Simulation } from '../simulation';
import { pairKey } from '../state/pair-key';
import { touch } from '../state/recent-conversations';
import { type StateChangeReason, conversationStateEvent } from '../webhooks/webhook-events';

/** Who changes the state, and whether webhooks tell of it. */
export interface StateChange {
  readonly reason: StateChangeReason;
  readonly isTold: boolean;
}

/** Puts the conversation into a state; closing it sets its address pairs free. Nothing happens when it is there already. */
export function changeConversationState(
  { state, logs, webhooks }: Simulation,
  conversation: Conversation,
  stateTo: ConversationState,
  { reason, isTold }: StateChange,
): void {
  const stateFrom = conversation.state;
  if (stateFrom === stateTo) {
    return;
  }
  conversation.state = stateTo;
  conversation.updatedAt = new Date();
  if (stateTo === 'closed') {
    for (const { binding } of conversation.participants.values()) {
      if (binding !== null) {
        state.openBindings.delete(pairKey(binding.address, binding.proxyAddress));
      }
    }
  }
  touch(state, conversation);
  const { conversationSid } = conversation;
  logs.events.append({ kind: 'conversation.state_changed', conversationSid, detail: { stateFrom, stateTo, reason } });
  if (isTold) {
    void webhooks.send(conversationStateEvent(conversation, stateFrom, reason));
  }
}
