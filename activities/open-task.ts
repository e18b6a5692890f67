import { type TaskStore } from '../src/database/task-store';
import { durationMs, type Duration } from '../src/domain/duration';

export interface OpenTaskInput {
  readonly messageId: string;
  readonly tenant: string;
  readonly step: number;
  readonly queue: string;
  readonly reason: string;
  /** When the task was opened, ISO 8601, by the workflow's clock. */
  readonly openedAt: string;
  readonly acknowledgeTimeout: Duration;
}

/** Opens the task of a human step. Repeating it changes nothing. */
export function createOpenTask(deps: { tasks: TaskStore }) {
  return async function openTask({ acknowledgeTimeout, ...task }: OpenTaskInput): Promise<void> {
    const dueAt = new Date(Date.parse(task.openedAt) + durationMs(acknowledgeTimeout)).toISOString();
    await deps.tasks.open({ ...task, dueAt });
  };
}
