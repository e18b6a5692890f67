import { type ChildOf } from '../../domain/child-of';
import { type MessageStatus } from '../../domain/message-status';
import { type Outcome } from '../../domain/outcome';
import { type SendRequest } from '../../domain/send-request';

/** A message as the statements select it: a `MessageSummary` with nulls. */
export interface SummaryRow {
  readonly messageId: string;
  readonly workflowId: string;
  readonly tenant: string;
  readonly status: MessageStatus;
  readonly request: SendRequest;
  readonly outcome: Outcome | null;
  readonly createdAt: string;
  readonly childOf: ChildOf | null;
}

/** Columns of `SummaryRow`, for a select that has the table `messages`. */
export const SUMMARY_COLUMNS = `
    messages.message_id as "messageId", messages.workflow_id as "workflowId", messages.tenant as "tenant",
    messages.status as "status", messages.request as "request", messages.outcome as "outcome",
    messages.created_at as "createdAt", messages.child_of as "childOf"`;
