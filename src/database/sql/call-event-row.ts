import { type CallEvent } from '../../domain/call-event';
import { type StoredCallEvent } from '../call-store';

/** Columns of `StoredCallEvent`, of the tables or expressions `call_events`, `attempts` and `messages`. */
export const CALL_EVENT_COLUMNS = `call_events.message_id as "messageId", call_events.attempt as "attempt", call_events.event as "event",
    messages.workflow_id as "workflowId", messages.tenant as "tenant", attempts.recipient as "recipient",
    messages.closed_at is not null as "isClosed"`;

export interface CallEventRow {
  readonly messageId: string;
  readonly attempt: number;
  readonly event: CallEvent;
  readonly workflowId: string;
  readonly tenant: string;
  readonly recipient: string;
  readonly isClosed: boolean;
}

/** A stored event as the domain sees it. */
export function callEventOf({ attempt, event, isClosed, messageId, ...match }: CallEventRow): StoredCallEvent {
  const { recipient, tenant, workflowId } = match;
  return { messageId, attempt, event, match: { workflowId, tenant, recipient, ...(isClosed && { isClosed }) } };
}
