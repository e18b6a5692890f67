import { type TaskRecord } from '../../../database/task-store';
import { whoHolds, whyClosed } from '../../../tasks/task-words';
import { HttpProblem } from '../../http-problem';

/** Somebody else was faster, or nobody is needed: says who and when. */
export function taskClosed(task: TaskRecord, cause?: unknown): HttpProblem {
  const { closing } = task;
  return new HttpProblem('task_closed', {
    detail: whyClosed(task),
    ...(closing?.kind === 'acknowledged' && { extensions: { acknowledgedBy: closing.by } }),
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Somebody else holds it: says who and since when. */
export function taskHeld(task: TaskRecord): HttpProblem {
  const { claimedBy } = task;
  return new HttpProblem('task_claimed', {
    detail: whoHolds(task),
    ...(claimedBy === undefined ? {} : { extensions: { claimedBy } }),
  });
}
