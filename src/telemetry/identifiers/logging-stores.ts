import { type FanOutStore } from '../../database/fan-out-store';
import { type InboxStore } from '../../database/inbox-store';
import { type MessageStore } from '../../database/message-store';
import { type IdentifierLog } from './identifier-log';

type Messages = Pick<MessageStore, 'accept' | 'beginAttempt' | 'recordCreated' | 'recordSeen'>;

/** The messages, with identifiers logged where a message gets them. */
export function loggingMessages<Store extends Messages>(messages: Store, log: IdentifierLog): Store {
  return {
    ...messages,
    accept: async (message) => {
      const acceptance = await messages.accept(message);
      const { messageId, request, workflowId } = message;
      if (acceptance.kind === 'accepted') {
        const { conversationSid } = request;
        log.created({ messageId, workflowId, conversationSid }, 'a message was accepted');
      }
      return acceptance;
    },
    beginAttempt: async (message, attempt, place) => {
      const grant = await messages.beginAttempt(message, attempt, place);
      const identifiers = { messageId: message.messageId, attempt: attempt.number, ...grant.conversation };
      log.used(identifiers, 'an attempt goes into a conversation, or is looked for there');
      return grant;
    },
    recordCreated: async (messageId, attempt, created) => {
      const events = await messages.recordCreated(messageId, attempt, created);
      log.used({ messageId, attempt, ...created }, 'the SID of a message was stored with its attempt');
      return events;
    },
    recordSeen: async (seen) => {
      for (const { attempt, conversationSid, messageId, messageSid } of seen) {
        log.used(
          { messageId, attempt, conversationSid, messageSid },
          'a message was seen before its create was answered',
        );
      }
      return await messages.recordSeen(seen);
    },
  };
}

/** The inbox, with receipts logged that were read at Twilio. Those of webhooks are logged where webhooks come in. */
export function loggingReceipts<Inbox extends Pick<InboxStore, 'store'>>(inbox: Inbox, log: IdentifierLog): Inbox {
  return {
    ...inbox,
    store: async (receipt) => {
      const stored = await inbox.store(receipt);
      if (receipt.source === 'poll') {
        const { channelMessageSid, conversationSid, deliveryReceiptSid, messageSid, participantSid } = receipt;
        const { attempt, messageId } = stored.match ?? {};
        const ofTwilio = { conversationSid, participantSid, messageSid, deliveryReceiptSid, channelMessageSid };
        const identifiers = { messageId, attempt, ...ofTwilio };
        if (stored.isNew) {
          log.received(identifiers, 'a receipt was found at Twilio that no webhook had told');
        } else {
          log.used(identifiers, 'a receipt was read at Twilio that was known already');
        }
      }
      return stored;
    },
  };
}

/** The messages into conversations, with the identifiers logged of those to single participants that come of them. */
export function loggingFanOut<Store extends Pick<FanOutStore, 'openChild'>>(fanOut: Store, log: IdentifierLog): Store {
  return {
    ...fanOut,
    openChild: async (child) => {
      const message = await fanOut.openChild(child);
      const { messageId, workflowId } = message;
      const { participantSid } = child.childOf;
      log.created({ messageId, workflowId, participantSid }, 'a message to one participant alone was opened');
      return message;
    },
  };
}
