import { type WorkflowStartOptions } from '@temporalio/client';
import { type deliverMessage } from '../../workflows';
import { type DeliverMessageInput } from '../../workflows/contract';
import { CHANNEL, STATUS, TENANT } from '../../workflows/search-attributes';
import { PRIORITY_BY_CATEGORY } from '../domain/category';
import { workflowIdFor } from '../domain/workflow-id';

/** The longest key for fairness that Temporal takes, in bytes. */
const MAX_FAIRNESS_KEY_BYTES = 64;

/** How the workflow of a message is started: once for each id, in the order of its category, fair between tenants. */
export function startOptions(
  input: DeliverMessageInput,
  taskQueue: string,
): WorkflowStartOptions<typeof deliverMessage> {
  const { messageId, request, requestHash, tenant } = input;
  return {
    workflowId: workflowIdFor(messageId),
    taskQueue,
    args: [input],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'FAIL',
    memo: { requestHash },
    typedSearchAttributes: [
      { key: TENANT, value: tenant },
      { key: CHANNEL, value: request.channel },
      { key: STATUS, value: 'in_flight' },
    ],
    staticSummary: `${request.category} by ${request.channel} for ${tenant}`,
    priority: {
      priorityKey: PRIORITY_BY_CATEGORY[request.category],
      fairnessKey: Buffer.from(tenant).subarray(0, MAX_FAIRNESS_KEY_BYTES).toString(),
    },
  };
}
