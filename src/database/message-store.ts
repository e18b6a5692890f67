import { type Knex } from 'knex';
import { type AttemptResult } from '../domain/attempt-result';
import { type MessageChannel } from '../domain/channel';
import { type DeliveryEvent } from '../domain/delivery-event';
import { type MessageStatus } from '../domain/message-status';
import { type Outcome, type OutcomeKind } from '../domain/outcome';
import { type SendRequest } from '../domain/send-request';
import { type ConversationSid, type MessageSid, type ParticipantSid } from '../domain/sid';
import { type OpenConversation } from '../twilio/gateway';
import { type OptOutStatement } from './opt-out-store';
import { type StoredReceipt } from './inbox-store';
import { accept } from './sql/accept';
import { beginAttempt } from './sql/begin-attempt';
import { findMessage } from './sql/find-message';
import { listMessages } from './sql/list-messages';
import { recordCreated } from './sql/record-created';
import { recordOutcome } from './sql/record-outcome';
import { recordProgress } from './sql/record-progress';
import { type TimelineEntry, type TimelineNote } from './timeline';
import { guardStore } from './with-database-errors';

/** What is known of a message from the moment it is accepted. */
export interface NewMessage {
  readonly messageId: string;
  readonly workflowId: string;
  readonly tenant: string;
  /** SHA-256 of the request: the same idempotency key with another body is told by it. */
  readonly requestHash: string;
  readonly request: SendRequest;
}

export type Acceptance =
  | { readonly kind: 'accepted' }
  /** The same request came before. `isStarted` is false while no workflow has touched it. */
  | { readonly kind: 'replayed'; readonly status: MessageStatus; readonly isStarted: boolean }
  /** The idempotency key belongs to another request. */
  | { readonly kind: 'conflict' };

/** One attempt, as it is about to be made. Addresses are E.164. */
export interface NewAttempt {
  /** Counted over all steps, from 1. */
  readonly number: number;
  readonly step: number;
  readonly channel: MessageChannel;
  readonly sender: string;
  readonly recipient: string;
}

/** What the ledgers say right before a send. */
export interface AttemptGrant {
  /**
   * Present when the recipient said stop in this scope: nothing may be sent. The first answer stays: an attempt that was held back once
   * is held back again. Together with `isRepeated` it was said after an earlier try, which may have got through; absent when `messageSid` is set.
   */
  readonly optOut?: OptOutStatement;
  /** The conversation to post into: the one that this attempt was told of first, otherwise the one that the pair has. */
  readonly conversation?: OpenConversation;
  /** When the attempt was first begun, ISO 8601: no message of it is older. */
  readonly startedAt: string;
  /** An earlier call had marked "create started": Twilio may already have the message of this attempt. */
  readonly isRepeated: boolean;
  /** Set when an earlier try of this attempt got through. */
  readonly messageSid?: MessageSid;
  /** The message has its outcome already: nothing more may be sent for it. */
  readonly isClosed?: true;
}

/** What Twilio said to a create. */
export interface CreatedMessage {
  readonly conversationSid: ConversationSid;
  readonly participantSid: ParticipantSid;
  readonly messageSid: MessageSid;
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
}

/** The last step of the story. `message` is written when it is not there yet. */
export interface FinalProgress extends Omit<Progress, 'status' | 'note'> {
  readonly outcome: Outcome;
  readonly message: NewMessage;
}

export interface AttemptRecord extends NewAttempt {
  readonly conversationSid?: ConversationSid;
  readonly participantSid?: ParticipantSid;
  readonly messageSid?: MessageSid;
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
  readonly messageId: string;
  readonly workflowId: string;
  readonly tenant: string;
  readonly status: MessageStatus;
  readonly request: SendRequest;
  readonly outcome?: Outcome;
  readonly createdAt: string;
}

export interface MessageRecord extends MessageSummary {
  readonly attempts: readonly AttemptRecord[];
  readonly timeline: readonly TimelineEntry[];
}

export interface MessageFilter {
  readonly tenant: string;
  readonly status?: MessageStatus;
  readonly outcome?: OutcomeKind;
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
   * Writes message (when it is not there yet) and attempt, and reads opt-outs and the known conversation, in one statement.
   * `opened` is the conversation that was just found or made at Twilio: it is remembered for the pair, in place of any other.
   * When a conversation is given or known and no opt-out holds it back, the attempt is marked as "create started":
   * the caller posts the message next. `isRepeated` says that an earlier call had marked it already.
   */
  beginAttempt(message: NewMessage, attempt: NewAttempt, opened?: OpenConversation): Promise<AttemptGrant>;
  /**
   * Stores the SID of an attempt and returns the receipts that came before it was known.
   * @throws AttemptConflictError when the attempt was not begun, was held back, or already has another SID.
   */
  recordCreated(messageId: string, attemptNumber: number, created: CreatedMessage): Promise<DeliveryEvent[]>;
  recordProgress(progress: Progress): Promise<void>;
  /** Closes the message. The first outcome stays. */
  recordOutcome(progress: FinalProgress): Promise<void>;
  /** Undefined when the tenant has no such message. */
  find(tenant: string, messageId: string): Promise<MessageRecord | undefined>;
  /**
   * Newest first.
   * @throws InvalidCursorError
   */
  list(filter: MessageFilter): Promise<MessagePage>;
}

/** The messages in this database. */
export function createMessageStore(knex: Knex): MessageStore {
  return guardStore<MessageStore>({
    accept: (message) => accept(knex, message),
    beginAttempt: (message, attempt, opened) => beginAttempt(knex, message, attempt, opened),
    recordCreated: (messageId, attemptNumber, created) => recordCreated(knex, messageId, attemptNumber, created),
    recordProgress: (progress) => recordProgress(knex, progress),
    recordOutcome: (progress) => recordOutcome(knex, progress),
    find: (tenant, messageId) => findMessage(knex, tenant, messageId),
    list: (filter) => listMessages(knex, filter),
  });
}
