import { type Message } from './message';
import { type Participant } from './participant';

/** The states that the simulator plays; Twilio's `initializing` is not among them. */
export type ConversationState = 'active' | 'inactive' | 'closed';

/** A conversation as it is stored. What it looks like on the wire is a formatter's business. */
export interface Conversation {
  readonly conversationSid: string;
  readonly serviceSid: string;
  uniqueName: string | null;
  friendlyName: string | null;
  /** JSON text. */
  attributes: string;
  messagingServiceSid: string | null;
  state: ConversationState;
  readonly createdAt: Date;
  updatedAt: Date;
  readonly participants: Map<string, Participant>;
  /** A message's place here is its index. */
  readonly messages: Message[];
}
