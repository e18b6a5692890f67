import { type Call, type CallMoment } from '../entities/call';
import { type Conversation } from '../entities/conversation';
import { type Message } from '../entities/message';
import { type SimulatorState } from './simulator-state';

/** Something that happened in a conversation: a message was written, or something in a call that belongs to it. */
export type TimelineEntry =
  | { readonly kind: 'message'; readonly at: Date; readonly message: Message }
  | { readonly kind: 'call'; readonly at: Date; readonly call: Call; readonly moment: CallMoment };

/** The messages of a conversation and the moments of its calls in one row, in the order in which they happened. */
export function conversationTimeline(state: SimulatorState, conversation: Conversation): TimelineEntry[] {
  const { conversationSid, messages } = conversation;
  const said = messages.map((message): TimelineEntry => ({ kind: 'message', at: message.createdAt, message }));
  const called = [...state.calls.values()]
    .filter((call) => call.conversationSid === conversationSid)
    .flatMap((call) => call.moments.map((moment): TimelineEntry => ({ kind: 'call', at: moment.at, call, moment })));
  return [...said, ...called].sort((left, right) => left.at.getTime() - right.at.getTime());
}
