import { type Knex } from 'knex';
import { type AttemptResult } from '../domain/attempt-result';
import { type ChildOf } from '../domain/child-of';
import { type AttemptChannel, type MessageChannel } from '../domain/channel';
import { type OutcomeCorrection } from '../domain/correct-outcome';
import { type DeliveryEvent } from '../domain/delivery-event';
import { type MessageStatus } from '../domain/message-status';
import { type Outcome, type OutcomeKind } from '../domain/outcome';
import { type Participant } from '../domain/participant';
import { type SendRequest } from '../domain/send-request';
import { type CallSid, type ConversationSid, type MessageSid, type ParticipantSid } from '../domain/sid';
import { type OpenConversation } from '../twilio/gateway';
import { type OptOutStatement } from './opt-out-store';
import { type Suppression } from './suppression-store';
import { type StoredReceipt } from './inbox-store';
import { accept } from './sql/accept';
import { beginAttempt } from './sql/begin-attempt';
import { findMessage } from './sql/find-message';
import { listMessages } from './sql/list-messages';
import { openMessagesTo } from './sql/open-messages-to';
import { recordCreated } from './sql/record-created';
import { recordHold } from './sql/record-hold';
import { recordOutcome } from './sql/record-outcome';
import { recordProgress } from './sql/record-progress';
import { recordSeen } from './sql/record-seen';
import { withdrawCreate } from './sql/withdraw-create';
import { type TimelineEntry, type TimelineNote } from './timeline';
import { guardStore } from './with-database-errors';
import { type AnnounceCallbacks, announced, leaveToSweep } from './written-callback';

/** What is known of a message from the moment it is accepted. */
export interface NewMessage {
  readonly messageId: string;
  readonly workflowId: string;
  readonly tenant: string;
  /** SHA-256 of the request: the same idempotency key with another body is told by it. */
  readonly requestHash: string;
  readonly request: SendRequest;
  /** How often it was redriven, from 1; absent in its first life. What an earlier life still wants to write counts for nothing. */
  readonly redrive?: number;
}

export type Acceptance =
  | { readonly kind: 'accepted' }
  /** The same request came before. `isStarted` is false while no workflow has touched it, or its redrive, which is to be started then. */
  | {
      readonly kind: 'replayed';
      readonly status: MessageStatus;
      readonly isStarted: boolean;
      readonly redrive?: number;
    }
  /** The idempotency key belongs to another request. */
  | { readonly kind: 'conflict' };

/** One attempt, as it is about to be made. Addresses are E.164. */
export interface NewAttempt {
  /** Counted over all steps, from 1. */
  readonly number: number;
  readonly step: number;
  readonly channel: MessageChannel;
  readonly sender: string;
  /** Senders any of which will do: the first that the recipient has a conversation with comes before `sender`. */
  readonly pool?: readonly string[];
  readonly recipient: string;
}

/** A create of which nobody knows (yet) what became. */
export interface OpenCreate {
  readonly createId: string;
  /** Milliseconds since it was begun, by the database's clock. */
  readonly ageMs: number;
}

/** What the caller has learnt from Twilio before it begins a create. */
export interface CreatePlace {
  /** The conversation that was just found or made. */
  readonly opened?: OpenConversation;
  /** Id of a create of this attempt that is proved to have left no message. */
  readonly provedAbsent?: string;
}

/** The message of an attempt as Twilio's webhook `onMessageAdded` tells of it. */
export interface SeenMessage {
  readonly messageId: string;
  readonly attempt: number;
  readonly conversationSid: ConversationSid;
  readonly messageSid: MessageSid;
}

/** What the ledgers say right before a send. */
export interface AttemptGrant {
  /**
   * Present when the recipient said stop in this scope: nothing may be sent. The first answer stays: an attempt that was held back once
   * is held back again. Together with `openCreate` it was said after an earlier try, which may have got through; absent when `messageSid` is set.
   */
  readonly optOut?: OptOutStatement;
  /** Present when the address cannot be reached on the channel; otherwise as `optOut`, which comes first. */
  readonly suppression?: Suppression;
  /** The conversation to post into, or to look in: the one that this attempt was told of first, otherwise the one that the pair has. */
  readonly conversation?: OpenConversation;
  /** The attempt's sender, when it is another one of the pool than was asked for. */
  readonly sender?: string;
  /** When the recipient last wrote to the sender, ISO 8601; absent while nobody has heard of it. */
  readonly lastInboundAt?: string;
  /** When the attempt was first begun, ISO 8601: no message of it is older. */
  readonly startedAt: string;
  /** Present when the caller may post the message now, once: the id of that create. It is open until its end is recorded. */
  readonly createId?: string;
  /** An earlier create that may have left a message. No other one is begun until it is proved that it did not. */
  readonly openCreate?: OpenCreate;
  /** Set when an earlier create of this attempt got through. */
  readonly messageSid?: MessageSid;
  /** The message has its outcome already, or was redriven since: nothing more may be sent by this run. */
  readonly isClosed?: true;
}

/** What Twilio said to a create. */
export interface CreatedMessage {
  readonly conversationSid: ConversationSid;
  /** The recipient; absent for a message to all participants of a conversation. */
  readonly participantSid?: ParticipantSid;
  readonly messageSid: MessageSid;
}

/** Quiet hours hold a message. */
export interface MessageHold {
  /** ISO 8601. */
  readonly until: string;
  /** In words, without addresses. */
  readonly because: string;
}

/** How an attempt ended, and which stored events the workflow has taken in. */
export interface AttemptEnd {
  readonly number: number;
  readonly result: AttemptResult;
}

/** A step forward in the story. `heardEventIds` need not be signalled any more. */
export interface Progress {
  readonly messageId: string;
  readonly status: MessageStatus;
  readonly attemptEnd?: AttemptEnd;
  readonly heardEventIds: readonly string[];
  readonly note: TimelineNote;
  /** As in `NewMessage`. */
  readonly redrive?: number;
}

/** The last step of the story. `message` is written when it is not there yet. */
export interface FinalProgress extends Omit<Progress, 'status' | 'note' | 'redrive'> {
  readonly outcome: Outcome;
  readonly message: NewMessage;
}

/** A message to one participant alone, because the one into the conversation did not arrive, and what it came to. */
export interface ChildMessage {
  readonly messageId: string;
  readonly attempt: number;
  readonly participantSid: ParticipantSid;
  readonly status: MessageStatus;
  readonly outcome?: Outcome;
}

/** An attempt as it is kept. Without addresses when it went to all participants of a conversation. */
export interface AttemptRecord
  extends
    Omit<NewAttempt, 'channel' | 'sender' | 'pool' | 'recipient'>,
    Partial<Pick<NewAttempt, 'sender' | 'recipient'>> {
  readonly channel: AttemptChannel;
  /** Whom an attempt into a conversation was for; absent for an attempt to one recipient. */
  readonly participants?: readonly Participant[];
  readonly conversationSid?: ConversationSid;
  readonly participantSid?: ParticipantSid;
  readonly messageSid?: MessageSid;
  /** Of an attempt that is a call. */
  readonly callSid?: CallSid;
  /** Present once the attempt has ended. */
  readonly result?: AttemptResult;
  /** ISO 8601. */
  readonly startedAt: string;
  /** When Twilio's answer to the create was stored. */
  readonly sentAt?: string;
  /** Every receipt that was told, by Twilio's clock. `advance` makes of them what is true now. */
  readonly receipts: readonly StoredReceipt[];
}

export interface MessageSummary {
  /** Present when another message, which is named there, did not reach a participant of its conversation. */
  readonly childOf?: ChildOf;
  readonly messageId: string;
  readonly workflowId: string;
  readonly tenant: string;
  readonly status: MessageStatus;
  readonly request: SendRequest;
  readonly outcome?: Outcome;
  readonly createdAt: string;
}

/** A dead message was taken up again. */
export interface Redrive {
  /** From 1. */
  readonly number: number;
  /** Who wanted it: a tenant, an operator. */
  readonly by: string;
  /** The outcome that it had until then. */
  readonly was: Outcome;
  /** ISO 8601. */
  readonly at: string;
}

export interface MessageRecord extends MessageSummary {
  /** Messages to single participants that came of this one. */
  readonly children: readonly ChildMessage[];
  readonly attempts: readonly AttemptRecord[];
  /** Oldest first. `outcome` is what the last of them says. */
  readonly corrections: readonly OutcomeCorrection[];
  /** Oldest first: how the message had ended before it was taken up again. */
  readonly redrives: readonly Redrive[];
  readonly timeline: readonly TimelineEntry[];
}

/** A message that has not ended. */
export interface OpenMessage {
  readonly workflowId: string;
  readonly isScheduled: boolean;
}

export interface MessageFilter {
  readonly tenant: string;
  readonly status?: MessageStatus;
  readonly outcome?: OutcomeKind;
  /** Only messages that ended for a reason of ours. */
  readonly isDead?: true;
  /** ISO 8601; messages accepted at or after it. */
  readonly since?: string;
  /** From `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly limit: number;
}

export interface MessagePage {
  readonly messages: readonly MessageSummary[];
  readonly nextCursor?: string;
}

/**
 * Messages with their attempts. Each write is one statement, so one round trip, and can be repeated without effect.
 * Throws `DatabaseError` besides what a method names.
 */
export interface MessageStore {
  accept(message: NewMessage): Promise<Acceptance>;
  /**
   * Writes message (when it is not there yet) and attempt, and reads opt-outs, suppressions and the known conversation, in one statement.
   * The opened conversation is remembered for the pair, in place of any other.
   * When a conversation is given or known, nothing holds the attempt back and no other create of it is open, one is begun:
   * the answer has its `createId`, and the caller posts the message next.
   */
  beginAttempt(message: NewMessage, attempt: NewAttempt, place?: CreatePlace): Promise<AttemptGrant>;
  /** The create came to nothing, as Twilio's answer proves: the next one need not look for its message. */
  withdrawCreate(messageId: string, attemptNumber: number, createId: string): Promise<void>;
  /**
   * Stores the SIDs of attempts whose create has not been answered (yet), and makes receipts that came before due at once.
   * A message that is not in its attempt's conversation, or whose attempt was never begun or has a SID, changes nothing.
   * @returns the ids of messages that had ended without that SID: their outcomes may have to be corrected.
   */
  recordSeen(seen: readonly SeenMessage[]): Promise<string[]>;
  /**
   * Stores the SID of an attempt and returns the receipts that came before it was known.
   * @throws AttemptConflictError when the attempt was not begun, was held back, or already has another SID.
   */
  recordCreated(messageId: string, attemptNumber: number, created: CreatedMessage): Promise<DeliveryEvent[]>;
  recordProgress(progress: Progress): Promise<void>;
  /** Puts a message on hold; writes it when it is not there yet. */
  recordHold(message: NewMessage, hold: MessageHold): Promise<void>;
  /**
   * Closes the message. Receipts that decide and were not heard become due at once.
   * @returns false when the message had an outcome already: the first one stays.
   */
  recordOutcome(progress: FinalProgress): Promise<boolean>;
  /** Messages that have not ended and whose request is for one of the addresses, E.164; of all tenants. */
  openTo(addresses: readonly string[], limit: number): Promise<OpenMessage[]>;
  /** Undefined when the tenant has no such message. */
  find(tenant: string, messageId: string): Promise<MessageRecord | undefined>;
  /**
   * Newest first.
   * @throws InvalidCursorError
   */
  list(filter: MessageFilter): Promise<MessagePage>;
}

/**
 * The messages in this database.
 * @param announce is told of the callbacks that its statements write.
 */
export function createMessageStore(knex: Knex, announce: AnnounceCallbacks = leaveToSweep): MessageStore {
  return guardStore<MessageStore>({
    accept: (message) => accept(knex, message),
    beginAttempt: (message, attempt, place = {}) => beginAttempt(knex, message, attempt, place),
    withdrawCreate: (messageId, attemptNumber, createId) => withdrawCreate(knex, messageId, attemptNumber, createId),
    recordSeen: (seen) => announced(announce, recordSeen(knex, seen)),
    recordCreated: (messageId, attemptNumber, created) =>
      announced(announce, recordCreated(knex, messageId, attemptNumber, created)),
    recordProgress: (progress) => announced(announce, recordProgress(knex, progress)),
    recordHold: (message, hold) => announced(announce, recordHold(knex, message, hold)),
    recordOutcome: (progress) => announced(announce, recordOutcome(knex, progress)),
    openTo: (addresses, limit) => openMessagesTo(knex, addresses, limit),
    find: (tenant, messageId) => findMessage(knex, tenant, messageId),
    list: (filter) => listMessages(knex, filter),
  });
}
