import { asyncLocalStorage } from '@temporalio/activity';
import { messageIdOf } from '../domain/workflow-id';

/** The message whose activity is running; undefined outside of activities, and in those of no single message. */
export function currentMessageId(): string | undefined {
  const workflowId = asyncLocalStorage.getStore()?.info.workflowExecution?.workflowId;
  return workflowId === undefined ? undefined : messageIdOf(workflowId);
}
