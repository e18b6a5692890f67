import { type Knex } from 'knex';
import { type ChildOf } from '../domain/child-of';
import { type ConversationSid, type MessageSid } from '../domain/sid';
import { type NewMessage } from './message-store';
import { lateMessages } from './sql/late-messages';
import { quietAttempts } from './sql/quiet-attempts';
import { recordLateReads } from './sql/record-late-reads';
import { recordPolled } from './sql/record-polled';
import { recordStartChecked } from './sql/record-start-checked';
import { unstartedMessages } from './sql/unstarted-messages';
import { guardStore } from './with-database-errors';

/** How much the sweep takes at once, and what it leaves alone. */
export interface SweepBatch {
  readonly limit: number;
  /** What is younger, or was looked at less long ago, is left alone, in milliseconds. After the first look the pauses double. */
  readonly pauseMs: number;
}

/** An attempt that Twilio has and that no receipt has decided. */
export interface QuietAttempt {
  readonly conversationSid: ConversationSid;
  readonly messageSid: MessageSid;
}

/** An attempt of a message that has ended, of which nobody knows what became. */
export interface LateAttempt {
  readonly attempt: number;
  readonly conversationSid: ConversationSid;
  /** Absent when nobody knows whether Twilio has its message. */
  readonly messageSid?: MessageSid;
  /** When it was begun, ISO 8601: its message is not older. */
  readonly startedAt: string;
}

/** A message that has ended and that Twilio is to be asked about once more. */
export interface LateMessage {
  readonly messageId: string;
  /** How long ago it ended, in milliseconds by the database's clock. */
  readonly sinceCloseMs: number;
  /** None when receipts that came since have decided them all. */
  readonly attempts: readonly LateAttempt[];
}

/** A message that no workflow has touched: what its workflow is started with. */
export type UnstartedMessage = Omit<NewMessage, 'workflowId'> & {
  /** Present when it is for one participant whom another message did not reach. */
  readonly childOf?: ChildOf;
};

/** What may have got lost on the way: receipts whose webhook never came, and starts that a crash has swallowed. */
export interface SweepStore {
  /** Attempts of open messages without a receipt that decides, those first that were quiet longest. */
  quietAttempts(batch: SweepBatch): Promise<QuietAttempt[]>;
  /** Twilio was asked for their receipts just now. */
  recordPolled(messageSids: readonly MessageSid[]): Promise<void>;
  /** Messages that have ended and whose time for a late read (`src/domain/late-reads.ts`) has come, longest due first. */
  lateMessages(limit: number): Promise<LateMessage[]>;
  /** Twilio was asked about them just now: the next read is due later, if there is one. */
  recordLateReads(messages: readonly LateMessage[]): Promise<void>;
  /** Open messages that were accepted and never touched by a workflow, oldest first. */
  unstartedMessages(batch: SweepBatch): Promise<UnstartedMessage[]>;
  /** Temporal was asked to start them just now. */
  recordStartChecked(messageIds: readonly string[]): Promise<void>;
}

/** The sweep's view of this database. */
export function createSweepStore(knex: Knex): SweepStore {
  return guardStore<SweepStore>({
    quietAttempts: (batch) => quietAttempts(knex, batch),
    recordPolled: (messageSids) => recordPolled(knex, messageSids),
    lateMessages: (limit) => lateMessages(knex, limit),
    recordLateReads: (messages) => recordLateReads(knex, messages),
    unstartedMessages: (batch) => unstartedMessages(knex, batch),
    recordStartChecked: (messageIds) => recordStartChecked(knex, messageIds),
  });
}
