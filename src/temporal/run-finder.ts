import { type Client } from '@temporalio/client';
import { toTemporalError } from './to-temporal-error';

/** How long Temporal may take to look a run up, in milliseconds: somebody waits for the answer. */
const CALL_TIMEOUT_MS = 5_000;

/** From a run to its workflow. */
export interface RunFinder {
  /**
   * The id of the workflow that a run belongs to, by Temporal's visibility: runs appear there a moment after their start, and go when the
   * retention of the namespace is over.
   * @param runId a UUID in lower case.
   * @returns undefined when Temporal has no such run (any more).
   * @throws TemporalUnavailableError
   */
  workflowOfRun(runId: string): Promise<string | undefined>;
}

/** The runs of the client's namespace. */
export function createRunFinder(client: Client): RunFinder {
  const { namespace } = client.options;
  return {
    workflowOfRun: async (runId) => {
      try {
        const { executions } = await client.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
          client.workflowService.listWorkflowExecutions({ namespace, pageSize: 1, query: `RunId = '${runId}'` }),
        );
        return executions[0]?.execution?.workflowId ?? undefined;
      } catch (error) {
        throw toTemporalError(error);
      }
    },
  };
}
