import { type LogEntry } from '../simulator/logs/log-entry';

/** A row of `messages`, as far as the checker needs it. Times are milliseconds since the epoch. */
export interface MessageEvidence {
  readonly messageId: string;
  readonly workflowId: string;
  readonly status: string;
  readonly category: string | undefined;
  /** Whether it went into a conversation with whoever is in it, instead of to one address. */
  readonly isFanOut: boolean;
  /** Whether it may go into a conversation in which somebody has opted out. */
  readonly sendsToOptedOut: boolean;
  /** SID of the inbound word that it confirms. */
  readonly answers: string | undefined;
  /** The message into a conversation, and the participant whom that did not reach, for which there is this one. */
  readonly childOf: ChildEvidence | undefined;
  readonly createdAtMs: number;
  readonly closedAtMs: number | undefined;
  readonly outcome: OutcomeEvidence | undefined;
  /** Undefined when nobody wants to hear of it. */
  readonly caller: CallerEvidence | undefined;
}

/** What a caller who listens is to have heard besides the end of the message. */
export interface CallerEvidence {
  /** Each of them followed an end. */
  readonly redrives: number;
  readonly corrections: number;
}

export interface OutcomeEvidence {
  readonly kind: string;
  readonly channel: string;
  /** Of the attempt that decided; 0 for none. */
  readonly attempt: number;
}

export interface ChildEvidence {
  readonly parentId: string;
  readonly participantSid: string;
}

/** A row of `attempts`. */
export interface AttemptEvidence {
  readonly messageId: string;
  readonly number: number;
  readonly messageSid: string | undefined;
  /** What became of it, `kind` of the result; undefined while nothing is known. */
  readonly resultKind: string | undefined;
  readonly startedAtMs: number;
  /** Hash of the address that it was for, as in the log; undefined when it was for a whole conversation. */
  readonly recipient: string | undefined;
}

/** A row of `delivery_events`. */
export interface StoredReceipt {
  readonly deliveryReceiptSid: string;
  readonly status: string;
  readonly errorCode: number | undefined;
}

/** A row of `opt_out_history`. A part of the scope that is missing means any. */
export interface OptOutEvidence {
  readonly statementId: number;
  /** Hashes, as in the log. */
  readonly address: string;
  readonly sender: string | undefined;
  readonly channel: string | undefined;
  readonly category: string | undefined;
  readonly isStop: boolean;
  /** SID of the inbound message when the person said it. */
  readonly evidence: string;
  /** When it was said. */
  readonly atMs: number;
  /** When the transaction that wrote it began; it was committed a little later. */
  readonly recordedAtMs: number;
}

/** A row of `callbacks`. */
export interface CallbackEvidence {
  readonly callbackId: string;
  readonly messageId: string;
  /** `message.delivered`. */
  readonly type: string;
  readonly status: string;
}

/** What Temporal says of a workflow id. */
export type WorkflowState = 'running' | 'ended' | 'unknown';

/** Everything that is compared, as plain data. */
export interface Evidence {
  /** In the order of the file. */
  readonly log: readonly LogEntry[];
  readonly messages: readonly MessageEvidence[];
  readonly attempts: readonly AttemptEvidence[];
  readonly receipts: readonly StoredReceipt[];
  readonly optOuts: readonly OptOutEvidence[];
  readonly callbacks: readonly CallbackEvidence[];
  /** By workflow id; missing is the same as `unknown`. */
  readonly workflows: ReadonlyMap<string, WorkflowState>;
  /** Identifiers that were answered 202, when the caller knows them. */
  readonly acceptedMessageIds?: readonly string[];
  /** Identifiers of the callbacks that were answered with 2xx, when the caller knows them. */
  readonly takenCallbackIds?: ReadonlySet<string>;
}

/** The name of an attempt wherever attempts are counted. */
export function attemptName(messageId: string, attempt: number): string {
  return `${messageId}#${attempt}`;
}
