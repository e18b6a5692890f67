import { type Category } from './category';
import { type CONVERSATION_CHANNEL, type MessageChannel } from './channel';
import { type Policy } from './policy';
import { type RequestTimes } from './request-times';
import { type ContentSid, type ConversationSid, type MediaSid } from './sid';

/** What is said: a text, a template with its variables, or media with or without a text. */
export interface MessageContent {
  /** At most 1600 characters. */
  readonly body?: string;
  readonly template?: ContentTemplate;
  readonly mediaSid?: MediaSid;
  /** What goes out in place of all that on WhatsApp, unless its 24-hour window is known to be open. */
  readonly whatsappTemplate?: ContentTemplate;
}

/** A content template of Twilio with the values of its variables, by their names. */
export interface ContentTemplate {
  readonly contentSid: ContentSid;
  readonly variables: Readonly<Record<string, string>>;
}

/** What every request says, whomever it is for. */
interface RequestParts extends RequestTimes {
  readonly content: MessageContent;
  readonly category: Category;
  readonly policy: Policy;
  /**
   * SID of the inbound word that this message answers. The opt-out that was said by that very message does not hold it
   * back: it is the confirmation. No request from outside can have it.
   */
  readonly answers?: string;
  /** The caller's own labels, given back unchanged. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Whom to tell what becomes of the message. It may have a secret in its query: it is never logged. */
  readonly callbackUrl?: string;
}

/** A request for one recipient. */
export interface RecipientRequest extends RequestParts {
  /** E.164. */
  readonly to: string;
  /** The sender's address, E.164; without it the channel's configured sender is used. */
  readonly from?: string;
  readonly channel: MessageChannel;
  readonly conversationSid?: never;
}

/** A request for everybody in an existing conversation. Each participant is written to on its own channel, from its own proxy address. */
export interface ConversationRequest extends RequestParts {
  readonly conversationSid: ConversationSid;
  readonly channel: typeof CONVERSATION_CHANNEL;
  readonly to?: never;
  readonly from?: never;
}

/** A request to deliver one message, validated and complete: addresses in E.164, the policy without gaps. */
export type SendRequest = RecipientRequest | ConversationRequest;
