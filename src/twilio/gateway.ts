import { type MessageChannel } from '../domain/channel';
import { type MessageContent } from '../domain/send-request';
import {
  type ApplicationSid,
  type CallSid,
  type ChannelMessageSid,
  type ConnectAppSid,
  type ConversationSid,
  type DeliveryReceiptSid,
  type MessageSid,
  type ParticipantSid,
} from '../domain/sid';

/** Sender and recipient of a conversation, E.164 both, on one channel. */
export interface AddressPair {
  readonly channel: MessageChannel;
  readonly sender: string;
  readonly recipient: string;
}

/** An open conversation that has the recipient bound to the sender. */
export interface OpenConversation {
  readonly conversationSid: ConversationSid;
  readonly participantSid: ParticipantSid;
}

/** Our own key of one attempt; it travels in the Attributes of the Twilio message. */
export interface AttemptKey {
  readonly messageId: string;
  readonly attempt: number;
}

/** A receipt as Twilio's API tells it; only the latest status is kept there. */
export interface ReceiptSnapshot {
  readonly deliveryReceiptSid: DeliveryReceiptSid;
  readonly channelMessageSid?: ChannelMessageSid;
  readonly participantSid: ParticipantSid;
  readonly conversationSid: ConversationSid;
  readonly messageSid: MessageSid;
  /** Absent while the message is still inside Twilio. */
  readonly status?: string;
  readonly errorCode?: number;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/**
 * All that posthorn asks of Twilio. Every method throws `TwilioError` and nothing else.
 * Only `createMessage`, and `findMessage` when it gives up, can fail with the fault `ambiguous`; everything else is
 * harmless to repeat and fails as `unreachable` when Twilio gave no answer.
 */
export interface TwilioGateway {
  /**
   * Finds the open conversation that sender and recipient share, or makes it. Two callers at once get the same one.
   * @param gone a conversation of the pair that proved to be closed or deleted (a create in it was refused with 50377,
   * 50350 or 20404); another one is found or made.
   */
  openConversation(pair: AddressPair, gone?: ConversationSid): Promise<OpenConversation>;
  /** Posts a message. Fails as `ambiguous` when nobody can say whether Twilio took it. */
  createMessage(conversationSid: ConversationSid, key: AttemptKey, content: MessageContent): Promise<MessageSid>;
  /**
   * Looks for the message of an attempt by its key, newest first. Twilio's list may lag behind a create.
   * @param notBefore when the attempt was first made, by our clock. With it the search goes back that far, so that
   * undefined means that the message is not listed, and fails as `ambiguous` after 5,000 messages;
   * without it the newest 200 messages are looked at.
   */
  findMessage(conversationSid: ConversationSid, key: AttemptKey, notBefore?: Date): Promise<MessageSid | undefined>;
  /** The receipts of a message, one per participant; none while Twilio has not handed it over. */
  readReceipts(conversationSid: ConversationSid, messageSid: MessageSid): Promise<ReceiptSnapshot[]>;
}

/** A call, and the participant whom it is about. */
export interface CallNote extends OpenConversation {
  readonly callSid: CallSid;
  readonly messageId: string;
  readonly attempt: number;
  readonly applicationSid?: ApplicationSid;
  readonly conductorSid?: ConnectAppSid;
}

/** What is kept at Twilio about calls beside the calls themselves. Throws `TwilioError` as the gateway does. */
export interface CallNotes {
  /** Notes a call in the Attributes of a participant; what others keep there stays. @returns whether something was written */
  noteCall(note: CallNote): Promise<boolean>;
}

/** What the sweep asks of Twilio beside receipts. Throws `TwilioError` as the gateway does. */
export interface DeliveryOverview {
  /**
   * Of the newest 200 messages of a conversation, those that no receipt has decided. One that is not among them may be
   * decided, older, or without any summary.
   */
  undecidedMessages(conversationSid: ConversationSid): Promise<ReadonlySet<MessageSid>>;
}

/** Somebody in a conversation whom Twilio writes to by a channel of posthorn's. Addresses are E.164. */
export interface BoundParticipant {
  readonly participantSid: ParticipantSid;
  readonly channel: MessageChannel;
  readonly recipient: string;
  /** The proxy address: from it Twilio writes to this participant. */
  readonly sender: string;
}

/** A conversation as it is at this moment. */
export interface ConversationSnapshot {
  readonly isClosed: boolean;
  /** By their SIDs. Without those who only chat, and those on channels that posthorn does not know: no receipt tells of them. */
  readonly participants: readonly BoundParticipant[];
}

/** What a send into an existing conversation asks of Twilio beside the gateway. Throws `TwilioError` as that does. */
export interface ConversationReader {
  /** Undefined when there is no such conversation in the configured service. */
  readConversation(conversationSid: ConversationSid): Promise<ConversationSnapshot | undefined>;
}
