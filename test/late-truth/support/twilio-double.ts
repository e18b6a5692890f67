import { type CreatedMessage } from '../../../src/database/message-store';
import {
  type AddressPair,
  type AttemptKey,
  type OpenConversation,
  type TwilioGateway,
} from '../../../src/twilio/gateway';
import { newSid } from '../../support/database-fixtures';
import { type TwilioLog } from './twilio-log';

/** A Twilio that takes every message and tells nothing by itself. */
export interface TwilioDouble {
  readonly gateway: TwilioGateway;
  /** What it answered, or is about to answer, to the create of an attempt. */
  createdFor(messageId: string, attempt: number): CreatedMessage | undefined;
  /** Runs before the create of an attempt is answered; when it rejects, Twilio has not taken the message. */
  beforeAnswer(messageId: string, attempt: number, run: (created: CreatedMessage) => Promise<void>): void;
}

export function createTwilioDouble(log?: TwilioLog): TwilioDouble {
  const created = new Map<string, CreatedMessage>();
  const hooks = new Map<string, (created: CreatedMessage) => Promise<void>>();
  const participants = new Map<string, OpenConversation & { readonly pair: AddressPair }>();
  const nameOf = ({ messageId, attempt }: AttemptKey): string => `${messageId}#${attempt}`;
  return {
    createdFor: (messageId, attempt) => created.get(nameOf({ messageId, attempt })),
    beforeAnswer: (messageId, attempt, run) => void hooks.set(nameOf({ messageId, attempt }), run),
    gateway: {
      openConversation: (pair) => {
        const conversation = { conversationSid: newSid('CH'), participantSid: newSid('MB') };
        participants.set(conversation.conversationSid, { ...conversation, pair });
        return Promise.resolve(conversation);
      },
      createMessage: async (conversationSid, key) => {
        const opened = participants.get(conversationSid);
        if (opened === undefined) {
          throw new Error(`nobody opened ${conversationSid}`);
        }
        const { pair, ...conversation } = opened;
        const message = { ...conversation, messageSid: newSid('IM') };
        created.set(nameOf(key), message);
        await hooks.get(nameOf(key))?.(message);
        log?.accepted(message, pair, key);
        return message.messageSid;
      },
      findMessage: () => Promise.resolve(undefined),
      readReceipts: () => Promise.resolve([]),
    },
  };
}
