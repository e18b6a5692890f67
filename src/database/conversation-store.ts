import { type Knex } from 'knex';
import { type KnownSenders } from '../domain/kept-sender';
import { type ConversationSid } from '../domain/sid';
import { query } from './rows';
import { guardStore } from './with-database-errors';

/** A person has written: to a sender of ours, or into the conversation that leads to it. */
export interface Inbound {
  /** E.164. */
  readonly from: string;
  readonly writtenTo: { readonly sender: string } | { readonly conversationSid: ConversationSid };
  /** ISO 8601. */
  readonly at: string;
}

/** Which conversation a sender and a recipient share. A memory only: Twilio's word wins. Written and read by `MessageStore.beginAttempt`. */
export interface ConversationStore extends KnownSenders {
  /** The sender, E.164, that a recipient (E.164) has this conversation with; undefined when it is not one that was remembered. */
  senderOf(recipient: string, conversationSid: ConversationSid): Promise<string | undefined>;
  /**
   * Remembers when a person last wrote. Into a conversation that is not remembered: then nobody knows any more which of the windows
   * that they have on WhatsApp are closed.
   */
  noteInbound(inbound: Inbound): Promise<void>;
}

/** The memory of conversations in this database. */
export function createConversationStore(knex: Knex): ConversationStore {
  return guardStore<ConversationStore>({
    async senderOf(recipient, conversationSid) {
      const [row] = await query<{ sender: string }>(knex, SENDER_OF, { recipient, conversationSid });
      return row?.sender;
    },
    async keptSender(recipient, channel, pool) {
      const [row] = await query<{ sender: string }>(knex, KEPT_SENDER, { recipient, channel, pool });
      return row?.sender;
    },
    async noteInbound({ at, from: recipient, writtenTo }) {
      const sender = 'sender' in writtenTo ? writtenTo.sender : null;
      const conversationSid = 'sender' in writtenTo ? null : writtenTo.conversationSid;
      await query(knex, NOTE_INBOUND, { recipient, sender, conversationSid, at });
    },
  });
}

/** By recipient, because that is how the primary key begins. */
const SENDER_OF = `
  select conversations.sender from conversations
  where conversations.recipient = :recipient and conversations.conversation_sid = :conversationSid`;

/** As `beginAttempt` chooses it. */
const KEPT_SENDER = `
  select conversations.sender from conversations
  where conversations.recipient = :recipient and conversations.channel = :channel
    and conversations.sender = any(cast(:pool as text[]))
  order by array_position(cast(:pool as text[]), conversations.sender)
  limit 1`;

/** A message that is told late takes nothing back. One into a conversation that nobody knows may have opened any window of the person. */
const NOTE_INBOUND = `
  update conversations set last_inbound_at = case when written.is_known then cast(:at as timestamptz) end
  from (
    select cast(:sender as text) is not null or exists (
      select from conversations as theirs
      where theirs.recipient = :recipient and theirs.conversation_sid = cast(:conversationSid as text)
    ) as is_known
  ) written
  where conversations.recipient = :recipient and conversations.channel = 'whatsapp'
    and (not written.is_known
      or ((conversations.conversation_sid = cast(:conversationSid as text) or conversations.sender = cast(:sender as text))
        and (conversations.last_inbound_at is null or conversations.last_inbound_at < cast(:at as timestamptz))))`;
