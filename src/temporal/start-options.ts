import { type WorkflowStartOptions } from '@temporalio/client';
import { type deliverMessage } from '../../workflows';
import { type DeliverMessageInput } from '../../workflows/contract';
import { CHANNEL, STATUS, TENANT } from '../../workflows/search-attributes';
import { PRIORITY_BY_CATEGORY } from '../domain/category';
import { type SendRequest } from '../domain/send-request';
import { workflowIdFor } from '../domain/workflow-id';

/** The longest key for fairness that Temporal takes, in bytes. */
const MAX_FAIRNESS_KEY_BYTES = 64;

/**
 * How the workflow of a message is started: once for each id, in the order of its category, fair between tenants.
 * A redrive is another run of the same workflow; should it be started twice, the second finds its work done and ends.
 */
export function startOptions(
  input: DeliverMessageInput,
  taskQueue: string,
): WorkflowStartOptions<typeof deliverMessage> {
  const { messageId, redrive, request, requestHash, tenant } = input;
  return {
    workflowId: workflowIdFor(messageId),
    taskQueue,
    args: [input],
    workflowIdReusePolicy: redrive === undefined ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'FAIL',
    ...startDelayFor(request),
    memo: { requestHash, ...(redrive === undefined ? {} : { redrive }) },
    typedSearchAttributes: [
      { key: TENANT, value: tenant },
      { key: CHANNEL, value: request.channel },
      { key: STATUS, value: request.sendAt === undefined ? 'in_flight' : 'scheduled' },
    ],
    staticSummary: `${request.category} by ${request.channel} for ${tenant}${redrive === undefined ? '' : `, redrive ${redrive}`}`,
    priority: {
      priorityKey: PRIORITY_BY_CATEGORY[request.category],
      fairnessKey: fairnessKeyFor(tenant),
    },
  };
}

/** Temporal starts the workflow of a scheduled message when its time has come. Until then no worker knows of it. */
function startDelayFor({ sendAt }: SendRequest): { readonly startDelay?: number } {
  const delayMs = sendAt === undefined ? 0 : Date.parse(sendAt) - Date.now();
  return delayMs > 0 ? { startDelay: delayMs } : {};
}

/** The key by which Temporal is fair between tenants. */
export function fairnessKeyFor(tenant: string): string {
  return Buffer.from(tenant).subarray(0, MAX_FAIRNESS_KEY_BYTES).toString();
}
