import { type ChannelType } from '../channel-address';

/** How a participant outside of chat is reached. */
export interface MessagingBinding {
  readonly type: ChannelType;
  readonly address: string;
  readonly proxyAddress: string;
}

/** A member of a conversation: either with a binding (SMS, WhatsApp) or with an identity (chat). */
export interface Participant {
  readonly participantSid: string;
  readonly conversationSid: string;
  readonly identity: string | null;
  readonly binding: MessagingBinding | null;
  /** JSON text. */
  attributes: string;
  roleSid: string | null;
  readonly createdAt: Date;
  updatedAt: Date;
}
