import { setTimeout as pause } from 'node:timers/promises';
import { type ConversationServiceSid, type MessagingServiceSid } from '../domain/sid';
import { conversationForPair, type MadeAtTwilio } from './conversation-for-pair';
import { createMessage } from './create-message';
import { findMessage } from './find-message';
import { type CallNotes, type ConversationReader, type DeliveryOverview, type TwilioGateway } from './gateway';
import { noteCall } from './note-call';
import { readConversation } from './read-conversation';
import { readReceipts } from './read-receipts';
import { undecidedMessages } from './undecided-messages';
import { createTwilioClient, type TwilioClientOptions } from './twilio-client';

export interface TwilioGatewayOptions extends TwilioClientOptions {
  readonly conversationServiceSid: ConversationServiceSid;
  /** The messaging service that new conversations belong to; without one the sender's address alone is used. */
  readonly messagingServiceSid?: MessagingServiceSid | undefined;
  /** Told of each conversation, and then of each participant, that Twilio has made. */
  readonly onMade?: ((made: MadeAtTwilio) => void) | undefined;
}

/** The gateway over Twilio Conversations v1. Makes no request yet, and remembers nothing between calls. */
export function createTwilioGateway(
  options: TwilioGatewayOptions,
): TwilioGateway & DeliveryOverview & ConversationReader & CallNotes {
  const { conversationServiceSid, messagingServiceSid, onMade = () => undefined } = options;
  const service = createTwilioClient(options).conversations.v1.services(conversationServiceSid);
  return {
    openConversation: (pair, gone) => conversationForPair({ service, messagingServiceSid, pause, onMade }, pair, gone),
    createMessage: (conversationSid, key, content) => createMessage(service, conversationSid, key, content),
    findMessage: (conversationSid, key, notBefore) => findMessage(service, conversationSid, key, notBefore),
    readReceipts: (conversationSid, messageSid) => readReceipts(service, conversationSid, messageSid),
    readConversation: (conversationSid) => readConversation(service, conversationSid),
    undecidedMessages: (conversationSid) => undecidedMessages(service, conversationSid),
    noteCall: (note) => noteCall(service, note),
  };
}
