import { type HumanTask } from '../../database/task-store';
import { messageLinks } from '../message-path';

/** A human step that waits for a person. */
export interface TaskView {
  readonly messageId: string;
  readonly queue: string;
  readonly step: number;
  readonly reason: string;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly links: { readonly message: string; readonly acknowledge: string };
}

/** Shows a task with the way to close it. */
export function presentTask({ messageId, queue, step, reason, openedAt, dueAt }: HumanTask): TaskView {
  const { self: message, acknowledge } = messageLinks(messageId);
  return { messageId, queue, step, reason, openedAt, dueAt, links: { message, acknowledge } };
}
