import { type Conversation } from '../entities/conversation';
import { type TimelineEntry } from '../state/conversation-timeline';
import { callMomentItem } from './call-moment-item';
import { type Html } from './html';
import { messageItem } from './message-item';

/** An entry of a conversation's timeline as a row. */
export function timelineItem(conversation: Conversation, entry: TimelineEntry): Html {
  return entry.kind === 'message' ? messageItem(conversation, entry.message) : callMomentItem(entry.call, entry.moment);
}
