import { type MessageRecord } from '../database/message-store';
import { maskAddress } from '../domain/address';
import { classifyError } from '../domain/error-catalogue';
import { type TaskBriefing, type TriedAttempt } from '../domain/human-task';
import { type OptOutCode } from '../domain/opt-out-code';
import { type AttemptView, presentAttempt } from '../http/presenters/attempt';

/** What the briefing takes from the task itself. */
export interface BriefedTask {
  readonly reason: string;
  /** ISO 8601. */
  readonly dueAt: string;
  readonly passesTo?: string;
}

/** What a person needs to know who takes the task: whom the message is for, what was tried, what happened, and what to do. */
export function briefTask(
  task: BriefedTask,
  { attempts, request }: Pick<MessageRecord, 'attempts' | 'request'>,
  optOutCodes: readonly OptOutCode[],
): TaskBriefing {
  const tried = attempts.map((attempt) => presentAttempt(attempt, optOutCodes));
  return {
    recipient: request.to === undefined ? null : maskAddress(request.to),
    tried: tried.map(triedAttempt),
    happened: task.reason,
    toDo: `${nextMove(tried.at(-1))} Then acknowledge the task before ${task.dueAt}; ${afterwards(task)}.`,
  };
}

function triedAttempt({ channel, errorCode, number, reason, status }: AttemptView): TriedAttempt {
  return { number, channel, status, errorCode, reason };
}

/** What there is to do about the last attempt. What posthorn would only repeat is for a person to do in another way. */
function nextMove(last: AttemptView | undefined): string {
  const otherwise = 'Reach the recipient in another way.';
  if (last === undefined) {
    return otherwise;
  }
  const { errorClass, errorCode, status } = last;
  if (status === 'ambiguous' || status === 'timed_out' || (errorCode === null && errorClass === null)) {
    return 'Find out whether the recipient has the message, and reach them in another way if not.';
  }
  const isRepeatable = errorClass === 'retry' || errorClass === 'limit' || errorClass === 'unknown';
  return errorCode === null || isRepeatable ? otherwise : classifyError(errorCode).remedy;
}

function afterwards({ passesTo }: BriefedTask): string {
  return passesTo === undefined ? 'after that nobody else is asked' : `after that it passes to the queue ${passesTo}`;
}
