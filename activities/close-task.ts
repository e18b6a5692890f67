import { type TaskClosing, type TaskStore } from '../src/database/task-store';

export interface CloseTaskInput {
  readonly messageId: string;
  readonly step: number;
  readonly closing: TaskClosing;
}

/** Closes the task of a human step. Repeating it changes nothing. */
export function createCloseTask(deps: { tasks: Pick<TaskStore, 'close'> }) {
  return async function closeTask({ messageId, step, closing }: CloseTaskInput): Promise<void> {
    await deps.tasks.close(messageId, step, closing);
  };
}
