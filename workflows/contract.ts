import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { type DeliveryEvent } from '../src/domain/delivery-event';
import { type MessageStatus } from '../src/domain/message-status';
import { type Outcome } from '../src/domain/outcome';
import { type SendRequest } from '../src/domain/send-request';

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
