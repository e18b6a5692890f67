import { type Knex } from 'knex';
import { type ConversationSid } from '../domain/sid';
import { query } from './rows';
import { guardStore } from './with-database-errors';

/** Which conversation a sender and a recipient share. A memory only: Twilio's word wins. Written and read by `MessageStore.beginAttempt`. */
export interface ConversationStore {
  /** The sender, E.164, that a recipient (E.164) has this conversation with; undefined when it is not one that was remembered. */
  senderOf(recipient: string, conversationSid: ConversationSid): Promise<string | undefined>;
}

/** The memory of conversations in this database. */
export function createConversationStore(knex: Knex): ConversationStore {
  return guardStore<ConversationStore>({
    async senderOf(recipient, conversationSid) {
      const [row] = await query<{ sender: string }>(knex, SENDER_OF, { recipient, conversationSid });
      return row?.sender;
    },
  });
}

/** By recipient, because that is how the primary key begins. */
const SENDER_OF = `
  select conversations.sender from conversations
  where conversations.recipient = :recipient and conversations.conversation_sid = :conversationSid`;
