import {
  type CallNotes,
  type ConversationReader,
  type DeliveryOverview,
  type TwilioGateway,
} from '../../twilio/gateway';
import { type IdentifierLog } from './identifier-log';

export interface LoggingGatewayOptions {
  readonly log: IdentifierLog;
  /** The message that is being worked on; undefined where it is none or many. */
  readonly currentMessageId: () => string | undefined;
}

/** The gateway, with the identifiers logged that go to Twilio and come from there. What Twilio refuses is not logged here. */
export function loggingGateway<Gateway extends TwilioGateway & DeliveryOverview & ConversationReader & CallNotes>(
  gateway: Gateway,
  { log, currentMessageId }: LoggingGatewayOptions,
): Gateway {
  return {
    ...gateway,
    openConversation: async (pair, gone) => {
      const opened = await gateway.openConversation(pair, gone);
      log.used({ messageId: currentMessageId(), ...opened }, 'a conversation is open for a message');
      return opened;
    },
    createMessage: async (conversationSid, key, content) => {
      const messageSid = await gateway.createMessage(conversationSid, key, content);
      log.created({ ...key, conversationSid, messageSid }, 'a message was made at Twilio');
      return messageSid;
    },
    findMessage: async (conversationSid, key, notBefore) => {
      const messageSid = await gateway.findMessage(conversationSid, key, notBefore);
      const identifiers = { ...key, conversationSid, messageSid };
      if (messageSid === undefined) {
        log.used(identifiers, 'the message of an attempt was looked for at Twilio and is not listed');
      } else {
        log.received(identifiers, 'the message of an earlier try was found at Twilio');
      }
      return messageSid;
    },
    readReceipts: async (conversationSid, messageSid) => {
      log.used({ messageId: currentMessageId(), conversationSid, messageSid }, 'receipts are read at Twilio');
      return await gateway.readReceipts(conversationSid, messageSid);
    },
    readConversation: async (conversationSid) => {
      const conversation = await gateway.readConversation(conversationSid);
      for (const { participantSid } of conversation?.participants ?? []) {
        const identifiers = { messageId: currentMessageId(), conversationSid, participantSid };
        log.used(identifiers, 'a participant takes part in the conversation of a message');
      }
      return conversation;
    },
    undecidedMessages: async (conversationSid) => {
      log.used({ conversationSid }, 'the newest messages of a conversation are read at Twilio');
      return await gateway.undecidedMessages(conversationSid);
    },
    noteCall: async (note) => {
      const isNoted = await gateway.noteCall(note);
      log.used(note, isNoted ? 'a call was noted with its participant' : 'a call was not noted with its participant');
      return isNoted;
    },
  };
}
