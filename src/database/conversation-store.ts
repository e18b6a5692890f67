import { type Knex } from 'knex';
import { type AddressPair, type OpenConversation } from '../twilio/gateway';
import { type ConversationSid } from '../domain/sid';
import { query } from './rows';
import { guardStore } from './with-database-errors';

/** Which conversation a sender and a recipient share. A memory only: Twilio's word wins. Read by `MessageStore.beginAttempt`. */
export interface ConversationStore {
  remember(pair: AddressPair, conversation: OpenConversation): Promise<void>;
  /** Forgets the pair's conversation if it still is this one: it was closed or deleted at Twilio. */
  forget(pair: AddressPair, conversationSid: ConversationSid): Promise<void>;
  /** The sender, E.164, that a recipient (E.164) has this conversation with; undefined when it is not one that was remembered. */
  senderOf(recipient: string, conversationSid: ConversationSid): Promise<string | undefined>;
}

/** The memory of conversations in this database. The conversation remembered last is the one that counts. */
export function createConversationStore(knex: Knex): ConversationStore {
  return guardStore<ConversationStore>({
    async remember(pair, conversation) {
      await query(knex, REMEMBER, { ...pairBindings(pair), ...conversationBindings(conversation) });
    },
    async forget(pair, conversationSid) {
      await query(knex, FORGET, { ...pairBindings(pair), conversationSid });
    },
    async senderOf(recipient, conversationSid) {
      const [row] = await query<{ sender: string }>(knex, SENDER_OF, { recipient, conversationSid });
      return row?.sender;
    },
  });
}

/** A conversation that is remembered already costs no write. */
const REMEMBER = `
  insert into conversations (channel, sender, recipient, conversation_sid, participant_sid)
  values (:channel, :sender, :recipient, :conversationSid, :participantSid)
  on conflict (recipient, sender, channel) do update set
    conversation_sid = excluded.conversation_sid, participant_sid = excluded.participant_sid, remembered_at = excluded.remembered_at
  where (conversations.conversation_sid, conversations.participant_sid) <> (excluded.conversation_sid, excluded.participant_sid)`;

const FORGET = `
  delete from conversations
  where conversations.recipient = :recipient and conversations.sender = :sender and conversations.channel = :channel
    and conversations.conversation_sid = :conversationSid`;

/** By recipient, because that is how the primary key begins. */
const SENDER_OF = `
  select conversations.sender from conversations
  where conversations.recipient = :recipient and conversations.conversation_sid = :conversationSid`;

function pairBindings({ channel, sender, recipient }: AddressPair): Record<string, string> {
  return { channel, sender, recipient };
}

function conversationBindings({ conversationSid, participantSid }: OpenConversation): Record<string, string> {
  return { conversationSid, participantSid };
}
