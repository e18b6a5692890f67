import { type TaskStore } from '../src/database/task-store';
import { type TaskClosing } from '../src/domain/human-task';
import { type TaskKey } from '../src/domain/task-id';

export interface CloseTaskInput extends TaskKey {
  readonly closing: TaskClosing;
}

/** Closes the task of a human step. Repeating it changes nothing. */
export function createCloseTask(deps: { tasks: Pick<TaskStore, 'close'> }) {
  return async function closeTask({ closing, messageId, step }: CloseTaskInput): Promise<void> {
    await deps.tasks.close(messageId, step, closing);
  };
}
