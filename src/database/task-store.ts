import { type Knex } from 'knex';
import { closeTask } from './sql/close-task';
import { listOpenTasks } from './sql/list-open-tasks';
import { openTask } from './sql/open-task';
import { guardStore } from './with-database-errors';

/** A human step that waits for a person. */
export interface HumanTask {
  readonly messageId: string;
  readonly tenant: string;
  readonly step: number;
  readonly queue: string;
  /** Why a person is asked, in words. */
  readonly reason: string;
  /** ISO 8601. */
  readonly openedAt: string;
  readonly dueAt: string;
}

export type TaskClosing =
  | { readonly kind: 'acknowledged'; readonly by: string; readonly note?: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'not_needed' };

export interface TaskStore {
  /** Opens the task of a step; again changes nothing. Sets the message's status and timeline in the same statement. */
  open(task: HumanTask): Promise<void>;
  /** Closes the open task of a step; again changes nothing. */
  close(messageId: string, step: number, closing: TaskClosing): Promise<void>;
  /** Open tasks of a tenant, the one due first first. */
  listOpen(tenant: string, queue: string | undefined, limit: number): Promise<HumanTask[]>;
}

/** The human tasks in this database. */
export function createTaskStore(knex: Knex): TaskStore {
  return guardStore<TaskStore>({
    open: (task) => openTask(knex, task),
    close: (messageId, step, closing) => closeTask(knex, messageId, step, closing),
    listOpen: (tenant, queue, limit) => listOpenTasks(knex, tenant, queue, limit),
  });
}
