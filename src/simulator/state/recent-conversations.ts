import { type Conversation } from '../entities/conversation';
import { type SimulatorState } from './simulator-state';

/** How many conversations the inspector page can show. */
const REMEMBERED = 40;

/** Notes that something happened in the conversation just now. */
export function touch(state: SimulatorState, conversation: Conversation): void {
  const recent = state.recentConversations;
  recent.delete(conversation.conversationSid);
  recent.set(conversation.conversationSid, conversation);
  if (recent.size > REMEMBERED) {
    const oldest = recent.keys().next();
    if (oldest.done !== true) {
      recent.delete(oldest.value);
    }
  }
}
