import { type MessageStore } from '../database/message-store';
import { type TakenReply, type TaskStore } from '../database/task-store';
import { closingInWords } from '../domain/human-task';
import { type Logger } from '../telemetry/logger';
import { UpdateRefusedError, WorkflowMissingError } from '../temporal/errors';
import { type MessageClient } from '../temporal/message-client';
import { startOrLeaveToSweep } from '../temporal/start-or-leave-to-sweep';
import { clock, onCallAnswer } from './on-call-message';

export interface SettleReplyDependencies {
  readonly tasks: Pick<TaskStore, 'show'>;
  readonly messages: Pick<MessageStore, 'accept'>;
  readonly client: Pick<MessageClient, 'acknowledge' | 'start'>;
  readonly logger: Logger;
}

/**
 * Acknowledges the task that somebody on call has replied to, and tells them whether it is theirs. Again changes nothing.
 * @throws TemporalUnavailableError, DatabaseError: the sweep settles it later.
 */
export type SettleReply = (reply: TakenReply) => Promise<void>;

/** Settles replies through the workflow, where one acknowledgement wins. */
export function createSettleReply(deps: SettleReplyDependencies): SettleReply {
  return async function settleReply(reply) {
    const isTheirs = await acknowledge(deps.client, reply);
    const body = isTheirs ? `The task for ${reply.queue} is yours.` : await whyNot(deps.tasks, reply);
    if (body === undefined) {
      return;
    }
    const { from: to, told } = reply;
    const onCall = { channel: told.channel, to, from: told.sender };
    const answer = onCallAnswer(reply, onCall, { kind: isTheirs ? 'taken' : 'late', body, now: new Date() });
    const acceptance = await deps.messages.accept(answer);
    if (acceptance.kind === 'accepted') {
      const { messageId, request, requestHash, tenant } = answer;
      await startOrLeaveToSweep(deps, { messageId, request, requestHash, tenant });
    }
  };
}

/** @returns false when the task is not to be had any more. */
async function acknowledge(
  client: Pick<MessageClient, 'acknowledge'>,
  { by, messageId, step }: TakenReply,
): Promise<boolean> {
  try {
    await client.acknowledge(messageId, { by, step });
    return true;
  } catch (error) {
    if (error instanceof UpdateRefusedError || error instanceof WorkflowMissingError) {
      return false;
    }
    throw error;
  }
}

/** Undefined when there is nothing to say: the task is theirs already. */
async function whyNot(tasks: Pick<TaskStore, 'show'>, reply: TakenReply): Promise<string | undefined> {
  const task = await tasks.show(reply.tenant, reply);
  const closing = task?.closing;
  if (closing?.kind === 'acknowledged' && closing.by === reply.by) {
    return undefined;
  }
  const why = closing === undefined ? 'it is not open any more' : closingInWords(closing);
  const when = task?.closedAt === undefined ? '' : `, ${clock(task.closedAt)}`;
  return `The task for ${reply.queue} is not yours: ${why}${when}. There is nothing to do.`;
}
