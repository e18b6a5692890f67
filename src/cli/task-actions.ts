import { whoHolds, whyClosed } from '../tasks/task-words';
import { compact } from '../twilio/compact';
import { type TaskOfOperator } from './task-of-operator';

/** Whose hand is laid on a task. */
export interface OperatorHand {
  readonly by: string;
  readonly note?: string;
}

/** Each of them gives the line to print, or throws an Error that says who has the task. */
type TaskAction = (found: TaskOfOperator, hand: OperatorHand) => Promise<string>;

/** `posthorn tasks claim` */
export const claimTask: TaskAction = async ({ task, tasks }, hand) => {
  const isTheirs = await tasks.claim(task, { tenant: task.tenant, ...hand });
  const now = await tasks.show(task.tenant, task);
  if (!isTheirs && (now?.closing !== undefined || now?.claimedBy !== hand.by)) {
    throw new Error(whyNot(now ?? task));
  }
  return `Claimed by ${hand.by}.\n`;
};

/** `posthorn tasks give-back` */
export const giveBackTask: TaskAction = async ({ task, tasks }, hand) => {
  if (!(await tasks.giveBack(task, { tenant: task.tenant, ...hand }))) {
    const now = (await tasks.show(task.tenant, task)) ?? task;
    const isFree = now.closing === undefined && now.claimedBy === undefined;
    throw new Error(isFree ? 'Nobody holds it: there is nothing to give back.' : whyNot(now));
  }
  return 'Given back.\n';
};

/** `posthorn tasks note` */
export const noteTask: TaskAction = async ({ task, tasks }, hand) => {
  await tasks.note(task, { tenant: task.tenant, ...hand });
  return 'Noted.\n';
};

/** `posthorn tasks acknowledge` */
export const acknowledgeTask: TaskAction = async ({ messages, task }, { by, note }) => {
  if (task.closing !== undefined) {
    throw new Error(whyClosed(task));
  }
  await messages.acknowledge(task.messageId, { by, step: task.step, ...compact({ note }) });
  return `Acknowledged for ${task.queue}.\n`;
};

function whyNot(task: TaskOfOperator['task']): string {
  return task.closing === undefined ? whoHolds(task) : whyClosed(task);
}
