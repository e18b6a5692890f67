import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { type IncomingReceipt } from '../src/database/inbox-store';
import { type DeliveryEvent } from '../src/domain/delivery-event';
import { type MessageStatus } from '../src/domain/message-status';
import { type Outcome } from '../src/domain/outcome';
import { type SendRequest } from '../src/domain/send-request';
import { type InboundText } from '../src/inbox/accept-inbound';

/** Workflows, and what is local to them. */
export const DEFAULT_TASK_QUEUE = 'posthorn';

/** Calls to Twilio for the workflows of a task queue: a queue of its own, rate limited on the server for all workers together. */
export function twilioTaskQueue(workflowTaskQueue: string): string {
  return `${workflowTaskQueue}-twilio`;
}

/** Everything that `deliverMessage` needs to know. */
export interface DeliverMessageInput {
  readonly messageId: string;
  readonly tenant: string;
  readonly requestHash: string;
  readonly request: SendRequest;
}

/** The only signal: Temporal keeps order per signal name, so there is one name. */
export const deliveryEventSignal = defineSignal<[DeliveryEvent]>('deliveryEvent');

export interface CancelRequest {
  /** Who cancels: a tenant, an operator. */
  readonly by: string;
}

export interface CancelResult {
  /** True when Twilio already had a message, which cannot be called back. */
  readonly isAlreadyHandedOver: boolean;
}

/** Stops all that has not happened yet. Refused once the message is closed. */
export const cancelUpdate = defineUpdate<CancelResult, [CancelRequest]>('cancel');

export interface AcknowledgeRequest {
  readonly by: string;
  readonly note?: string;
}

export interface AcknowledgeResult {
  readonly queue: string;
}

/** Closes the open human task. Refused while no task is open. */
export const acknowledgeUpdate = defineUpdate<AcknowledgeResult, [AcknowledgeRequest]>('acknowledge');

/** What the workflow says of itself: no address, no text. */
export interface DeliverMessageState {
  readonly status: MessageStatus;
  readonly step: number;
  readonly attempt: number;
  readonly outcome?: Outcome;
}

export const stateQuery = defineQuery<DeliverMessageState>('state');

/** Types of the failures with which an update is refused. */
export const UPDATE_REFUSALS = {
  alreadyClosed: 'MessageAlreadyClosed',
  noOpenTask: 'NoOpenTask',
  invalidRequest: 'InvalidRequest',
} as const;

/**
 * Types of the failures with which `sendMessage` gives up a try.
 * `notHandedOver` carries the proof that nothing reached Twilio; after `unknown` the next try looks first.
 */
export const SEND_FAILURES = { notHandedOver: 'NotHandedOver', unknown: 'HandedOverOrNot' } as const;

/** What the sweep found, for its result and Temporal's UI: counts only. */
export interface SweepResult {
  /** Accepted messages whose workflow is there now, and those that Temporal did not take. */
  started: number;
  notStarted: number;
  /** Attempts that Twilio was asked about, and those of them that it shows nothing of. */
  polled: number;
  unreadable: number;
  /** Receipts that nobody had told before, and those of them that decide. */
  found: number;
  deciding: number;
}

/** A receipt on its way through Temporal: identifiers and statuses. Fields that posthorn does not know could be anything and stay behind. */
export type DeferredReceipt = Omit<IncomingReceipt, 'unknownFields'>;

/** A STOP or START on its way through Temporal: who said it to whom, and never the text. */
export interface DeferredWord extends Pick<InboundText, 'channel' | 'from' | 'writtenTo' | 'evidence' | 'at'> {
  readonly word: 'stop' | 'start';
}

/** How long what came while Postgres was away is kept for it. */
export const DEFERRED_FOR = '24 hours';
