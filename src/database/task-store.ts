import { type Knex } from 'knex';
import { type MessageChannel } from '../domain/channel';
import { type TaskBriefing, type TaskClosing, type TaskHistoryKind, type TaskStatus } from '../domain/human-task';
import { type RecipientRequest } from '../domain/send-request';
import { type ConversationSid } from '../domain/sid';
import { type TaskKey } from '../domain/task-id';
import { type NewMessage } from './message-store';
import { changeTask } from './sql/change-task';
import { closeTask } from './sql/close-task';
import { listTasks } from './sql/list-tasks';
import { openTask } from './sql/open-task';
import { showTask } from './sql/show-task';
import { takeOnCallReply } from './sql/take-on-call-reply';
import { unsettledReplies } from './sql/unsettled-replies';
import { type SweepBatch } from './sweep-store';
import { guardStore } from './with-database-errors';
import { type AnnounceCallbacks, announced, leaveToSweep } from './written-callback';

/** A human step that waits for a person. */
export interface HumanTask extends TaskKey {
  readonly tenant: string;
  readonly queue: string;
  /** Why a person is asked, in words. */
  readonly reason: string;
  /** ISO 8601. */
  readonly openedAt: string;
  readonly dueAt: string;
  /** The queue that was asked before, in vain. */
  readonly cameFrom?: string;
  /** The queue that is asked when nobody takes it in time. */
  readonly passesTo?: string;
}

/** A task that is about to be opened. */
export interface NewTask extends HumanTask {
  /** What the team's own tool is told with it. */
  readonly briefing?: TaskBriefing;
  /** The message to somebody on call; it is accepted with the task. */
  readonly onCall?: NewMessage & { readonly request: RecipientRequest };
}

/** A task as it is kept. */
export interface TaskRecord extends HumanTask {
  /** Who holds it, or held it when it was closed. */
  readonly claimedBy?: string;
  readonly claimedAt?: string;
  readonly closing?: TaskClosing;
  readonly closedAt?: string;
  /** E.164. */
  readonly onCallRecipient?: string;
  readonly onCallMessageId?: string;
}

export interface TaskHistoryEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly kind: TaskHistoryKind;
  readonly by?: string;
  readonly note?: string;
}

export interface TaskWithHistory extends TaskRecord {
  /** Oldest first; of all times that the task was open. */
  readonly history: readonly TaskHistoryEntry[];
}

/** Whose hand is laid on a task. */
export interface TaskHand {
  readonly tenant: string;
  readonly by: string;
  readonly note?: string;
}

export interface TaskFilter {
  /** Absent: of all tenants. */
  readonly tenant?: string;
  readonly queue?: string;
  /** Absent: all that wait, claimed or not. */
  readonly status?: TaskStatus;
  /** From `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly limit: number;
}

export interface TaskPage {
  readonly tasks: readonly TaskRecord[];
  readonly nextCursor?: string;
}

/** A reply of a number in a conversation that reads like the acknowledgement of a task. */
export interface OnCallReply {
  /** E.164. */
  readonly from: string;
  readonly conversationSid: ConversationSid;
  /** SID of the inbound message: each counts once. */
  readonly evidence: string;
  /** ISO 8601, by Twilio's clock. */
  readonly at: string;
}

/** A reply, and the task that it means. */
export interface TakenReply extends TaskKey {
  readonly tenant: string;
  readonly queue: string;
  readonly openedAt: string;
  /** E.164. */
  readonly from: string;
  /** The name by which the task is taken. */
  readonly by: string;
  /** How the number was told of the task. */
  readonly told: { readonly sender: string; readonly channel: MessageChannel };
}

/** Human tasks. Each write is one statement and can be repeated without effect. Throws `DatabaseError`. */
export interface TaskStore {
  /** Opens the task of a step, with a later time anew; again changes nothing. Sets the message's status and timeline in the same statement. */
  open(task: NewTask): Promise<void>;
  /** Closes the open task of a step; again changes nothing. */
  close(messageId: string, step: number, closing: TaskClosing): Promise<void>;
  /**
   * Those that wait, the one due first first; closed ones the newest first.
   * @throws InvalidCursorError
   */
  list(filter: TaskFilter): Promise<TaskPage>;
  /** Undefined when the tenant has no such task. */
  show(tenant: string, key: TaskKey): Promise<TaskWithHistory | undefined>;
  /** @returns whether it was free and is now theirs. */
  claim(key: TaskKey, hand: TaskHand): Promise<boolean>;
  /** @returns whether it was theirs and is now free. */
  giveBack(key: TaskKey, hand: TaskHand): Promise<boolean>;
  /** @returns false when the tenant has no such task. */
  note(key: TaskKey, hand: TaskHand): Promise<boolean>;
  /**
   * Takes down a reply of somebody on call with the task that it means: the newest open one that the number was told of in that
   * conversation, otherwise the newest that was closed within a day. `by` is the name for the history.
   * @returns undefined when it means none; `repeated` when it was taken down before.
   */
  takeReply(reply: OnCallReply, by: string): Promise<TakenReply | 'repeated' | undefined>;
  /** Replies whose task is still open, the oldest task first: nobody told its workflow yet. */
  unsettledReplies(batch: SweepBatch): Promise<TakenReply[]>;
}

/**
 * The human tasks in this database.
 * @param announce is told of the callbacks that its statements write.
 */
export function createTaskStore(knex: Knex, announce: AnnounceCallbacks = leaveToSweep): TaskStore {
  return guardStore<TaskStore>({
    open: (task) => announced(announce, openTask(knex, task)),
    close: (messageId, step, closing) => announced(announce, closeTask(knex, { messageId, step }, closing)),
    list: (filter) => listTasks(knex, filter),
    show: (tenant, key) => showTask(knex, tenant, key),
    claim: (key, hand) => changeTask(knex, 'claim', key, hand),
    giveBack: (key, hand) => changeTask(knex, 'give_back', key, hand),
    note: (key, hand) => changeTask(knex, 'note', key, hand),
    takeReply: (reply, by) => takeOnCallReply(knex, reply, by),
    unsettledReplies: (batch) => unsettledReplies(knex, batch),
  });
}
