import { type Client, WorkflowFailedError } from '@temporalio/client';
import { type redriveMessage } from '../../workflows';
import { DEFAULT_TASK_QUEUE, type RedriveRequest } from '../../workflows/contract';
import { type RedriveResult } from '../redrive/redrive-message';
import { TemporalUnavailableError } from './errors';
import { toTemporalError } from './to-temporal-error';

/** How long somebody waits for a worker to do it. */
const REDRIVEN_WITHIN = '1 minute';

/**
 * Redrives a message by a small workflow, for who has no access to Postgres. Many at once share one.
 * Throws `TemporalUnavailableError` when Temporal, or a worker with its Postgres, does not answer.
 */
export async function redriveOverTemporal(
  client: Client,
  request: RedriveRequest,
  taskQueue: string = DEFAULT_TASK_QUEUE,
): Promise<RedriveResult> {
  try {
    return await client.workflow.execute<typeof redriveMessage>('redriveMessage', {
      workflowId: `redrive-${request.tenant}-${request.messageId}`,
      taskQueue,
      args: [request],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowExecutionTimeout: REDRIVEN_WITHIN,
    });
  } catch (error) {
    if (error instanceof WorkflowFailedError) {
      const message =
        'The redrive was not done in time; check that a posthorn worker runs and reaches Postgres, then repeat it.';
      throw new TemporalUnavailableError(message, { cause: error });
    }
    throw toTemporalError(error);
  }
}
