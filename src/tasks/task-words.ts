import { type TaskRecord } from '../database/task-store';
import { closingInWords } from '../domain/human-task';

/** Why a task is not to be had any more, as a sentence with name and time. */
export function whyClosed({ closedAt, closing }: Pick<TaskRecord, 'closedAt' | 'closing'>): string {
  const how = closing === undefined ? 'it is not open any more' : closingInWords(closing);
  return `${how.charAt(0).toUpperCase()}${how.slice(1)}${closedAt === undefined ? '' : `, at ${closedAt}`}.`;
}

/** Who holds a task, as a sentence with name and time. */
export function whoHolds({ claimedAt, claimedBy }: Pick<TaskRecord, 'claimedAt' | 'claimedBy'>): string {
  return `${claimedBy ?? 'Somebody'} holds it${claimedAt === undefined ? '' : ` since ${claimedAt}`}.`;
}
