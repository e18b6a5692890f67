import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { type Inbound } from '../src/database/conversation-store';
import { type IncomingReceipt } from '../src/database/inbox-store';
import { type OnCallReply } from '../src/database/task-store';
import { type CallEvent } from '../src/domain/call-event';
import { type ChildOf } from '../src/domain/child-of';
import { type DeliveryEvent } from '../src/domain/delivery-event';
import { type MessageStatus } from '../src/domain/message-status';
import { type Outcome } from '../src/domain/outcome';
import { type SendRequest } from '../src/domain/send-request';
import { type SaidWord } from '../src/inbox/record-word';

/** Workflows, and what is local to them. */
export const DEFAULT_TASK_QUEUE = 'posthorn';

/** Calls to Twilio for the workflows of a task queue: a queue of its own, rate limited on the server for all workers together. */
export function twilioTaskQueue(workflowTaskQueue: string): string {
  return `${workflowTaskQueue}-twilio`;
}

/** Calls to callers for the workflows of a task queue: a queue of its own, so that slow callers take no place from sends. */
export function callbackTaskQueue(workflowTaskQueue: string): string {
  return `${workflowTaskQueue}-callbacks`;
}

/** Everything that `deliverMessage` needs to know. */
export interface DeliverMessageInput {
  readonly messageId: string;
  readonly tenant: string;
  readonly requestHash: string;
  readonly request: SendRequest;
  /** How often the message was redriven before this run, from 1; absent in its first. */
  readonly redrive?: number;
  /** Present when another message did not reach a participant of its conversation, and this one is for that participant alone. */
  readonly childOf?: ChildOf;
}

/** What is told of a message: Temporal keeps order per signal name, so there is one name for all of it. */
export const deliveryEventSignal = defineSignal<[DeliveryEvent]>('deliveryEvent');

/** Something that was told of the call of an attempt. */
export interface CallNews {
  /** Counted over all steps, from 1. */
  readonly attempt: number;
  readonly event: CallEvent;
}

/** What is told of a call: a signal of its own, since the order of its events means nothing. */
export const callEventSignal = defineSignal<[CallNews]>('callEvent');

/** Somebody said something new about the recipient: the ledger is to be read. It says nothing itself, so its order means nothing. */
export const ledgerChangedSignal = defineSignal('ledgerChanged');

/** The same for a scheduled message: a signal does not start a workflow whose start is delayed, an update does. */
export const readLedgerUpdate = defineUpdate('readLedger');

/** A wish to redrive a dead message. */
export interface RedriveRequest {
  readonly messageId: string;
  /** Whose message it is. */
  readonly tenant: string;
  /** Who wants it: a tenant, an operator. */
  readonly by: string;
}

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
  /** The human step that is meant; absent: the one whose task is open. */
  readonly step?: number;
}

export interface AcknowledgeResult {
  readonly queue: string;
}

/** Closes the open human task. Refused while no task is open, or that of another step than was meant. */
export const acknowledgeUpdate = defineUpdate<AcknowledgeResult, [AcknowledgeRequest]>('acknowledge');

export interface ReleaseRequest {
  /** Who lets the message out: a tenant, an operator. */
  readonly by: string;
  /** Why it cannot wait. */
  readonly reason: string;
}

export interface ReleaseResult {
  /** Until when it would have been held, ISO 8601. */
  readonly heldUntil: string;
}

/** Sends a message that quiet hours hold. Refused while they hold none. */
export const releaseUpdate = defineUpdate<ReleaseResult, [ReleaseRequest]>('release');

/** What the workflow says of itself: no address, no text. */
export interface DeliverMessageState {
  readonly status: MessageStatus;
  readonly step: number;
  readonly attempt: number;
  /** Present while quiet hours hold the message, ISO 8601. */
  readonly heldUntil?: string;
  readonly outcome?: Outcome;
}

export const stateQuery = defineQuery<DeliverMessageState>('state');

/** Types of the failures with which an update is refused. */
export const UPDATE_REFUSALS = {
  alreadyClosed: 'MessageAlreadyClosed',
  noOpenTask: 'NoOpenTask',
  notHeld: 'NotHeld',
  invalidRequest: 'InvalidRequest',
} as const;

/**
 * Types of the failures with which `sendMessage` gives up a try.
 * `notHandedOver` carries the proof that nothing reached Twilio; after `unknown` the next try looks first.
 */
export const SEND_FAILURES = { notHandedOver: 'NotHandedOver', unknown: 'HandedOverOrNot' } as const;

/**
 * Type of the failure with which an activity refuses to do anything for a message that has its outcome. Temporal forgets that an id
 * was used once its retention is over, so a message can be started again after its end.
 */
export const MESSAGE_CLOSED = 'MessageClosed';

/** What the sweep found, for its result and Temporal's UI: counts only. */
export interface SweepResult {
  /** Accepted messages whose workflow is there now, and those that Temporal did not take. */
  started: number;
  notStarted: number;
  /** Callbacks that were written and not taken yet, whose workflow is there now. */
  callbacks: number;
  /** Attempts that Twilio was asked about, and those of them that it shows nothing of. */
  polled: number;
  unreadable: number;
  /** Receipts that nobody had told before, and those of them that decide. */
  found: number;
  deciding: number;
}

/** A receipt on its way through Temporal: identifiers and statuses. Fields that posthorn does not know could be anything and stay behind. */
export type DeferredReceipt = Omit<IncomingReceipt, 'unknownFields'>;

/**
 * A STOP or START, the reply to a task, or `none` of these, on its way through Temporal: who said it to whom, and never the text.
 * Whatever it was opens WhatsApp's window.
 */
export type DeferredWord =
  | SaidWord
  | (OnCallReply & { readonly word: 'acknowledge' })
  | (Inbound & { readonly word: 'none'; readonly evidence: string });

/** How long what came while Postgres was away is kept for it. */
export const DEFERRED_FOR = '24 hours';
