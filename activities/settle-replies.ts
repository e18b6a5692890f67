import { log } from '@temporalio/activity';
import { type SweepBatch } from '../src/database/sweep-store';
import { type TaskStore } from '../src/database/task-store';
import { taskIdFor } from '../src/domain/task-id';
import { type SettleReply } from '../src/tasks/settle-reply';

export interface SettleRepliesDependencies {
  readonly tasks: Pick<TaskStore, 'unsettledReplies'>;
  readonly settleReply: SettleReply;
}

/** Acknowledges tasks to which somebody on call has replied and whose workflow was not told: a crash or an outage came in between. */
export async function settleReplies(deps: SettleRepliesDependencies, batch: SweepBatch): Promise<void> {
  for (const reply of await deps.tasks.unsettledReplies(batch)) {
    try {
      await deps.settleReply(reply);
    } catch (error) {
      log.warn('a reply to a task could not be settled', { taskId: taskIdFor(reply), error });
    }
  }
}
