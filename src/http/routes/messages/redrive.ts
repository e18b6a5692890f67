import { type DeadLetterStore } from '../../../database/dead-letter-store';
import { redriveMessage as redrive, type RedriveRefusal } from '../../../redrive/redrive-message';
import { strictObject } from '../../../request/strict-object';
import { type Logger } from '../../../telemetry/logger';
import { type MessageClient } from '../../../temporal/message-client';
import { startOrLeaveToSweep } from '../../../temporal/start-or-leave-to-sweep';
import { type AppContext, tenantOf } from '../../app-context';
import { HttpProblem } from '../../http-problem';
import { messageLinks } from '../../message-path';
import { type ProblemCode } from '../../problems';
import { validateBody } from '../../validate';
import { messageIdOf, messageNotFound } from './find-message';

const bodySchema = strictObject('nothing, or an empty object', {});

const PROBLEM_OF: Readonly<Record<Exclude<RedriveRefusal, 'unknown'>, ProblemCode>> = {
  still_open: 'message_still_open',
  not_dead: 'message_not_dead',
};

/** POST /v1/messages/{id}/redrive: takes up a message that ended for a reason of ours, under the same id. */
export function redriveMessage(deps: {
  readonly deadLetters: Pick<DeadLetterStore, 'reopen'>;
  readonly client: Pick<MessageClient, 'start'>;
  readonly logger: Logger;
}) {
  // Once the message is open on disk the redrive is accepted, as a new message is: the sweep starts what was not started.
  const client: Pick<MessageClient, 'start'> = { start: (input) => startOrLeaveToSweep(deps, input) };
  return async function redriveMessage(context: AppContext): Promise<void> {
    await validateBody(bodySchema, context);
    const tenant = tenantOf(context);
    const messageId = messageIdOf(context);
    const result = await redrive({ deadLetters: deps.deadLetters, client }, { messageId, tenant, by: tenant });
    if (result.kind === 'refused') {
      throw result.refusal === 'unknown'
        ? messageNotFound()
        : new HttpProblem(PROBLEM_OF[result.refusal], { detail: result.message });
    }
    if (result.isReplayed) {
      context.set('Idempotent-Replayed', 'true');
    }
    context.status = 202;
    context.body = { id: messageId, workflowId: result.workflowId, status: 'sending', links: messageLinks(messageId) };
  };
}
