import { type Conversation } from '../entities/conversation';
import { type DeliveryReceipt } from '../entities/delivery-receipt';
import { type Message } from '../entities/message';
import { type Participant } from '../entities/participant';
import { type SimulatorState } from '../state/simulator-state';

/** A message as a snapshot shows it, with its receipts. */
export type MessageSnapshot = Readonly<Omit<Message, 'receipts'>> & {
  readonly receipts: readonly Readonly<DeliveryReceipt>[];
};

/** A conversation as a snapshot shows it, with all that is in it. */
export type ConversationSnapshot = Readonly<Omit<Conversation, 'participants' | 'messages'>> & {
  readonly participants: readonly Readonly<Participant>[];
  readonly messages: readonly MessageSnapshot[];
};

/** A copy of what the simulator holds. */
export interface Snapshot {
  readonly conversations: readonly ConversationSnapshot[];
  /** Address and proxy address with a blank between, of people who have opted out. */
  readonly optedOutPairs: readonly string[];
}

/** Which conversations a snapshot has; all of them when nothing is given. */
export interface SnapshotFilter {
  readonly conversationSid?: string | undefined;
  /** Only conversations in which this address takes part. */
  readonly address?: string | undefined;
}

/** Copies the state, or the part of it that the filter names. */
export function takeSnapshot(state: SimulatorState, filter: SnapshotFilter = {}): Snapshot {
  return {
    conversations: select(state, filter).map(copyConversation),
    optedOutPairs: [...state.blockedPairs],
  };
}

function select(state: SimulatorState, { conversationSid, address }: SnapshotFilter): Conversation[] {
  if (conversationSid !== undefined) {
    const conversation = state.conversations.get(conversationSid);
    return conversation === undefined ? [] : [conversation];
  }
  if (address === undefined) {
    return [...state.conversations.values()];
  }
  const conversationSids = new Set(
    [...(state.participantsByName.get(address) ?? [])].map((participant) => participant.conversationSid),
  );
  return [...conversationSids].flatMap((found) => state.conversations.get(found) ?? []);
}

function copyConversation(conversation: Conversation): ConversationSnapshot {
  return {
    ...conversation,
    participants: [...conversation.participants.values()].map((participant) => ({ ...participant })),
    messages: conversation.messages.map((message) => ({
      ...message,
      receipts: message.receipts.map((receipt) => ({ ...receipt })),
    })),
  };
}
