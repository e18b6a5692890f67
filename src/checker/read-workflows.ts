import { type Client, type WorkflowExecutionStatusName, WorkflowNotFoundError } from '@temporalio/client';
import { type MessageEvidence, type WorkflowState } from './evidence';
import { forEachLimited } from './for-each-limited';

const PAGE_SIZE = 1_000;

/** Descriptions that are asked for at a time. */
const ASKED_AT_ONCE = 20;

/** How much earlier than its row a workflow may have begun, by whichever clock. */
const STARTED_BEFORE_MS = 60_000;

/**
 * Looks up the workflow of every message, by workflow id. The list costs one request for a thousand, but lags behind; so messages
 * that have not ended, or whose workflow is said to be running, are asked for one by one.
 * Only workflows that Temporal has, or may have, are in the answer.
 */
export async function readWorkflows(
  client: Client,
  messages: readonly MessageEvidence[],
  onProgress: (line: string) => void,
): Promise<ReadonlyMap<string, WorkflowState>> {
  const states = await listWorkflows(client, messages);
  onProgress(`Temporal: ${states.size} workflows listed.`);
  const doubtful = messages.filter(
    ({ outcome, workflowId }) => outcome === undefined || states.get(workflowId) === 'running',
  );
  await forEachLimited(doubtful, ASKED_AT_ONCE, async ({ workflowId }) => {
    states.set(workflowId, await describe(client, workflowId));
  });
  onProgress(`Temporal: ${doubtful.length} workflows described.`);
  return states;
}

async function listWorkflows(
  client: Client,
  messages: readonly MessageEvidence[],
): Promise<Map<string, WorkflowState>> {
  const states = new Map<string, WorkflowState>();
  const workflowIds = new Set(messages.map(({ workflowId }) => workflowId));
  const earliestMs = messages.reduce((earliest, { createdAtMs }) => Math.min(earliest, createdAtMs), Infinity);
  if (workflowIds.size === 0) {
    return states;
  }
  const query = `StartTime >= "${new Date(earliestMs - STARTED_BEFORE_MS).toISOString()}"`;
  for await (const { status, workflowId } of client.workflow.list({ query, pageSize: PAGE_SIZE })) {
    // An id may have had several runs: it runs if any of them does.
    if (workflowIds.has(workflowId) && states.get(workflowId) !== 'running') {
      states.set(workflowId, stateOf(status.name));
    }
  }
  return states;
}

async function describe(client: Client, workflowId: string): Promise<WorkflowState> {
  try {
    return stateOf((await client.workflow.getHandle(workflowId).describe()).status.name);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) {
      return 'unknown';
    }
    throw error;
  }
}

function stateOf(status: WorkflowExecutionStatusName): WorkflowState {
  return status === 'RUNNING' || status === 'PAUSED' ? 'running' : 'ended';
}
