import { type Category } from './category';
import { type MessageChannel } from './channel';
import { type Policy } from './policy';
import { type ContentSid, type MediaSid } from './sid';

/** What is said: a text, a template with its variables, or media with or without a text. */
export interface MessageContent {
  /** At most 1600 characters. */
  readonly body?: string;
  readonly template?: { readonly contentSid: ContentSid; readonly variables: Readonly<Record<string, string>> };
  readonly mediaSid?: MediaSid;
}

/** A request to deliver one message, validated and complete: addresses in E.164, the policy without gaps. */
export interface SendRequest {
  readonly to: string;
  /** The sender's address; without it the channel's configured sender is used. */
  readonly from?: string;
  readonly channel: MessageChannel;
  readonly content: MessageContent;
  readonly category: Category;
  readonly policy: Policy;
  /** The caller's own labels, given back unchanged. */
  readonly metadata: Readonly<Record<string, string>>;
}
