import { type OpenMessage } from '../database/message-store';
import { type DeliveryEvent } from '../domain/delivery-event';
import { type Outcome } from '../domain/outcome';
import {
  type AcknowledgeRequest,
  type AcknowledgeResult,
  type CallNews,
  type CancelRequest,
  type CancelResult,
  type DeliverMessageInput,
  type DeliverMessageState,
  type ReleaseRequest,
  type ReleaseResult,
} from '../../workflows/contract';

/** Whether Temporal has the event now, or the workflow has ended and cannot take it. */
export type SignalResult = 'signalled' | 'closed';

/**
 * What posthorn asks of Temporal for one message.
 * Throws `TemporalUnavailableError` when Temporal cannot be reached, `UpdateRefusedError` when the workflow says no,
 * `WorkflowMissingError` when there is no such workflow (any more).
 */
export interface MessageClient {
  /** Starts the workflow of a message; again with the same message id changes nothing. */
  start(input: DeliverMessageInput): Promise<void>;
  signal(workflowId: string, event: DeliveryEvent): Promise<SignalResult>;
  /** Tells a workflow what was told of a call of its message. */
  signalCall(workflowId: string, news: CallNews): Promise<SignalResult>;
  /** Tells a workflow that the ledger has something new about its recipient. */
  tellOfLedger(message: OpenMessage): Promise<SignalResult>;
  cancel(messageId: string, request: CancelRequest): Promise<CancelResult>;
  acknowledge(messageId: string, request: AcknowledgeRequest): Promise<AcknowledgeResult>;
  /** Sends a message that quiet hours hold. */
  release(messageId: string, request: ReleaseRequest): Promise<ReleaseResult>;
  state(messageId: string): Promise<DeliverMessageState>;
  /** Resolves with the outcome when the message has ended. */
  waitForOutcome(messageId: string): Promise<Outcome>;
  /** Rejects when Temporal does not answer. */
  ping(): Promise<void>;
}
