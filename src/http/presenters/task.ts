import { type MessageRecord } from '../../database/message-store';
import { type TaskHistoryEntry, type TaskRecord, type TaskWithHistory } from '../../database/task-store';
import { maskAddress } from '../../domain/address';
import { type TaskBriefing, type TaskStatus } from '../../domain/human-task';
import { taskIdFor } from '../../domain/task-id';
import { messageLinks } from '../message-path';

/** A human step that waits for a person, or waited. What is not known is null. */
export interface TaskView {
  readonly id: string;
  readonly messageId: string;
  readonly queue: string;
  readonly step: number;
  readonly status: TaskStatus;
  readonly reason: string;
  readonly openedAt: string;
  readonly dueAt: string;
  /** The queue that was asked before, in vain, and the one that is asked next. */
  readonly cameFrom: string | null;
  readonly passesTo: string | null;
  readonly claim: { readonly by: string; readonly at: string } | null;
  readonly closing: {
    readonly kind: string;
    readonly at: string;
    readonly by: string | null;
    readonly note: string | null;
    readonly because: string | null;
  } | null;
  readonly links: {
    readonly self: string;
    readonly message: string;
    readonly claim: string;
    readonly note: string;
    readonly giveBack: string;
    readonly acknowledge: string;
  };
}

/** A task with all that a person needs who deals with it. */
export interface TaskDetailsView extends TaskView, Omit<TaskBriefing, 'happened'> {
  readonly category: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Whom on call it was told to, masked, and the message that told them. */
  readonly onCall: { readonly to: string; readonly messageId: string | null } | null;
  readonly history: readonly TaskHistoryEntry[];
}

/** Shows a task with the ways to deal with it. */
export function presentTask(task: TaskRecord): TaskView {
  const { cameFrom, claimedAt, claimedBy, dueAt, messageId, openedAt, passesTo, queue, reason, step } = task;
  const id = taskIdFor(task);
  const self = `/v1/tasks/${id}`;
  return {
    ...{ id, messageId, queue, step, status: statusOf(task), reason, openedAt, dueAt },
    cameFrom: cameFrom ?? null,
    passesTo: passesTo ?? null,
    claim: claimedBy === undefined || claimedAt === undefined ? null : { by: claimedBy, at: claimedAt },
    closing: closingOf(task),
    links: {
      self,
      message: messageLinks(messageId).self,
      claim: `${self}/claim`,
      note: `${self}/note`,
      giveBack: `${self}/give-back`,
      acknowledge: `${self}/acknowledge`,
    },
  };
}

/** Shows a task with what a person needs to know. */
export function presentTaskDetails(
  task: TaskWithHistory,
  { request }: Pick<MessageRecord, 'request'>,
  { recipient, toDo, tried }: TaskBriefing,
): TaskDetailsView {
  const { history, onCallMessageId, onCallRecipient } = task;
  const onCall =
    onCallRecipient === undefined ? null : { to: maskAddress(onCallRecipient), messageId: onCallMessageId ?? null };
  const { category, metadata } = request;
  return { ...presentTask(task), recipient, category, metadata, tried, toDo, onCall, history };
}

function statusOf({ claimedBy, closing }: TaskRecord): TaskStatus {
  if (closing !== undefined) {
    return 'closed';
  }
  return claimedBy === undefined ? 'open' : 'claimed';
}

function closingOf({ closedAt, closing }: TaskRecord): TaskView['closing'] {
  if (closing === undefined || closedAt === undefined) {
    return null;
  }
  return {
    kind: closing.kind,
    at: closedAt,
    by: closing.kind === 'acknowledged' ? closing.by : null,
    note: (closing.kind === 'acknowledged' ? closing.note : undefined) ?? null,
    because: (closing.kind === 'not_needed' ? closing.because : undefined) ?? null,
  };
}
