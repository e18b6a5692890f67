import { type TaskClosing, type TaskHistoryKind } from '../../domain/human-task';
import { isoTime, withoutNulls } from '../rows';
import { type TaskHistoryEntry, type TaskRecord } from '../task-store';

/** A task as the statements select it: a `TaskRecord` with nulls. */
export interface TaskRow {
  readonly messageId: string;
  readonly tenant: string;
  readonly step: number;
  readonly queue: string;
  readonly reason: string;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly cameFrom: string | null;
  readonly passesTo: string | null;
  readonly claimedBy: string | null;
  readonly claimedAt: string | null;
  readonly closing: TaskClosing | null;
  readonly closedAt: string | null;
  readonly onCallRecipient: string | null;
  readonly onCallMessageId: string | null;
}

/** Columns of `TaskRow`, for a select that has the table `tasks`. */
export const TASK_COLUMNS = `
    tasks.message_id as "messageId", tasks.tenant as "tenant", tasks.step as "step", tasks.queue as "queue",
    tasks.reason as "reason", tasks.opened_at as "openedAt", tasks.due_at as "dueAt", tasks.came_from as "cameFrom",
    tasks.passes_to as "passesTo", tasks.claimed_by as "claimedBy", tasks.claimed_at as "claimedAt",
    tasks.closing as "closing", tasks.closed_at as "closedAt", tasks.on_call_recipient as "onCallRecipient",
    tasks.on_call_message_id as "onCallMessageId"`;

/** The task that a row has. */
export function taskRecord(row: TaskRow): TaskRecord {
  return withoutNulls(row);
}

/** A row of `task_history` as JSON. */
export interface TaskHistoryJson {
  readonly step: number;
  readonly kind: TaskHistoryKind;
  readonly actor: string | null;
  readonly note: string | null;
  readonly at: string;
}

/** What happened to a task. */
export function taskHistoryEntry({ actor, at, kind, note }: TaskHistoryJson): TaskHistoryEntry {
  return { at: isoTime(at), kind, ...(actor !== null && { by: actor }), ...(note !== null && { note }) };
}
