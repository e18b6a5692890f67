import { type Knex } from 'knex';
import { type ConversationSid, type MessageSid } from '../domain/sid';
import { type NewMessage } from './message-store';
import { quietAttempts } from './sql/quiet-attempts';
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

/** A message that no workflow has touched: what its workflow is started with. */
export type UnstartedMessage = Omit<NewMessage, 'workflowId'>;

/** What may have got lost on the way: receipts whose webhook never came, and starts that a crash has swallowed. */
export interface SweepStore {
  /** Attempts of open messages without a receipt that decides, those first that were quiet longest. */
  quietAttempts(batch: SweepBatch): Promise<QuietAttempt[]>;
  /** Twilio was asked for their receipts just now. */
  recordPolled(messageSids: readonly MessageSid[]): Promise<void>;
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
    unstartedMessages: (batch) => unstartedMessages(knex, batch),
    recordStartChecked: (messageIds) => recordStartChecked(knex, messageIds),
  });
}
