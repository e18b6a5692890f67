import { type Client } from '@temporalio/client';

/** The newest open workflows tell which keys are in use; more would take long. */
const LOOKED_AT = 5;

/** The names of the keys with which the input of the newest open messages was encrypted, each once. Decrypts nothing. */
export async function openKeyIds(client: Client): Promise<string[]> {
  const { namespace } = client.options;
  const { executions } = await client.workflowService.listWorkflowExecutions({
    namespace,
    pageSize: LOOKED_AT,
    query: "WorkflowType = 'deliverMessage' and ExecutionStatus = 'Running'",
  });
  const keyIds = await Promise.all(
    executions.map(async ({ execution }) => {
      const { history } = await client.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution: execution ?? null,
        maximumPageSize: 1,
      });
      const [payload] = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
      return Buffer.from(payload?.metadata?.['encryption-key-id'] ?? []).toString('utf8');
    }),
  );
  return [...new Set(keyIds)].filter((keyId) => keyId !== '');
}
