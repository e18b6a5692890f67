import { type Knex } from 'knex';
import { type ChildOf } from '../domain/child-of';
import { type ChildRequest } from '../domain/child-request';
import { type MessageChannel } from '../domain/channel';
import { type OnOptedOutParticipant } from '../domain/policy';
import { type ConversationSid, type ParticipantSid } from '../domain/sid';
import { type AttemptGrant, type NewMessage } from './message-store';
import { beginConversationAttempt } from './sql/begin-conversation-attempt';
import { openChild } from './sql/open-child';
import { guardStore } from './with-database-errors';

/** An attempt into a conversation, as it is about to be made. */
export interface NewConversationAttempt {
  /** Counted over all steps, from 1. */
  readonly number: number;
  readonly step: number;
  readonly conversationSid: ConversationSid;
}

/** Somebody whom a message into a conversation is for. Addresses are E.164. */
export interface AddressedParticipant {
  readonly participantSid: ParticipantSid;
  readonly channel: MessageChannel;
  readonly recipient: string;
  /** The proxy address from which Twilio writes to this participant. */
  readonly sender: string;
}

/** A participant of an attempt, as it was read right before the send. */
export interface KnownParticipant extends AddressedParticipant {
  /** The ledger had an opt-out then. */
  readonly isOptedOut: boolean;
}

/** Whom the conversation has just now, and what is to be done when one of them has opted out. */
export interface ConversationPlace {
  readonly participants: readonly AddressedParticipant[];
  readonly onOptedOutParticipant: OnOptedOutParticipant;
  /** Id of a create of this attempt that is proved to have left no message. */
  readonly provedAbsent?: string;
}

/** What the ledgers say right before a send into a conversation. `createId` and the others mean what they mean in `AttemptGrant`. */
export interface ConversationGrant extends Pick<
  AttemptGrant,
  'startedAt' | 'createId' | 'openCreate' | 'messageSid' | 'isClosed'
> {
  /** Somebody has opted out, and the policy holds the message back for it. The first answer stays. */
  readonly isHeldBack?: true;
  /** Whom the attempt is for; empty while no place was given. Whoever joins later is not part of it. */
  readonly participants: readonly KnownParticipant[];
}

/** A message to one participant alone. */
export interface NewChild {
  readonly childOf: ChildOf;
  readonly tenant: string;
  readonly request: ChildRequest;
}

/** Messages into conversations, and the messages to single participants that come of them. Throws `DatabaseError` besides what a method names. */
export interface FanOutStore {
  /**
   * Writes message (when it is not there yet) and attempt. With a place it reads the opt-outs of all participants in the same
   * transaction, writes down whom the attempt is for, and begins a create, unless one of them holds it back or an earlier create is open.
   */
  begin(message: NewMessage, attempt: NewConversationAttempt, place?: ConversationPlace): Promise<ConversationGrant>;
  /**
   * Writes the message to one participant, with an id that is derived: again it gives the same message.
   * It counts as started, as its parent's workflow starts it.
   * @throws Error when the attempt was not for that participant.
   */
  openChild(child: NewChild): Promise<NewMessage>;
}

/** The messages into conversations in this database. */
export function createFanOutStore(knex: Knex): FanOutStore {
  return guardStore<FanOutStore>({
    begin: (message, attempt, place) =>
      knex.transaction((transaction) => beginConversationAttempt(transaction, message, attempt, place)),
    openChild: (child) => openChild(knex, child),
  });
}
