import { type Knex } from 'knex';
import { type CallbackFacts, type CallbackStatus, type CallbackType } from '../domain/callback';
import { findUntoldCallback } from './sql/find-untold-callback';
import { listCallbacks } from './sql/list-callbacks';
import { recordCallbackChecked } from './sql/record-callback-checked';
import { type CallbackTry, recordCallbackTry } from './sql/record-callback-try';
import { redriveCallbacks } from './sql/redrive-callbacks';
import { showCallback } from './sql/show-callback';
import { untoldCallbacks } from './sql/untold-callbacks';
import { type SweepBatch } from './sweep-store';
import { guardStore } from './with-database-errors';
import { type WrittenCallback } from './written-callback';

/** A callback that the caller has not taken yet, with all that it takes to tell it. */
export interface UntoldCallback {
  readonly callbackId: string;
  readonly tenant: string;
  readonly type: CallbackType;
  readonly facts: CallbackFacts;
  /** When it happened, ISO 8601. */
  readonly at: string;
  readonly messageId: string;
  /** Of a message that follows one participant of another message's conversation: that message. */
  readonly parentId?: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Where to. It may have a secret in its query: it is never logged. */
  readonly url: string;
  /** How often the caller was called since the callback was written or redriven. */
  readonly tries: number;
}

/** What became of a callback. */
export interface CallbackRecord {
  readonly callbackId: string;
  readonly tenant: string;
  readonly type: CallbackType;
  readonly messageId: string;
  readonly status: CallbackStatus;
  /** When it happened, ISO 8601. */
  readonly at: string;
  readonly tries: number;
  readonly triedAt?: string;
  /** What went wrong last, in words without addresses. */
  readonly problem?: string;
}

/** Which callbacks are meant. */
export interface CallbackSelection {
  readonly tenant?: string;
  readonly messageId?: string;
  /** ISO 8601; what happened at or after it. */
  readonly since?: string;
}

export interface CallbackFilter extends CallbackSelection {
  readonly status?: CallbackStatus;
  /** From `nextCursor` of the page before. */
  readonly cursor?: string;
  readonly limit: number;
}

export interface CallbackPage {
  readonly callbacks: readonly CallbackRecord[];
  readonly nextCursor?: string;
}

/** What callers are told. The rows are written by the statements that make the changes. Throws `DatabaseError`. */
export interface CallbackStore {
  /** Undefined when there is no such callback, or when it is told or given up. */
  findUntold(callbackId: string): Promise<UntoldCallback | undefined>;
  /** Takes down that the caller was called, and what came of it. Changes nothing once the callback is told or given up. */
  recordTry(callbackId: string, result: CallbackTry): Promise<void>;
  /**
   * Newest first.
   * @throws InvalidCursorError
   */
  list(filter: CallbackFilter): Promise<CallbackPage>;
  /** Undefined when the tenant has no such callback. */
  show(tenant: string, callbackId: string): Promise<CallbackRecord | undefined>;
  /**
   * Dead callbacks are to be told again, under the same ids and with tries of their own; the oldest first, `limit` at most.
   * @returns those that were dead.
   */
  redrive(selection: CallbackSelection & { readonly callbackId?: string }, limit: number): Promise<WrittenCallback[]>;
  /** Callbacks whose workflow may be missing, oldest first. One that waits for its next try looks the same. */
  untold(batch: SweepBatch): Promise<WrittenCallback[]>;
  /** Temporal was asked to tell them just now. */
  recordChecked(callbackIds: readonly string[]): Promise<void>;
}

/** The callbacks in this database. */
export function createCallbackStore(knex: Knex): CallbackStore {
  return guardStore<CallbackStore>({
    findUntold: (callbackId) => findUntoldCallback(knex, callbackId),
    recordTry: (callbackId, result) => recordCallbackTry(knex, callbackId, result),
    list: (filter) => listCallbacks(knex, filter),
    show: (tenant, callbackId) => showCallback(knex, tenant, callbackId),
    redrive: (selection, limit) => redriveCallbacks(knex, selection, limit),
    untold: (batch) => untoldCallbacks(knex, batch),
    recordChecked: (callbackIds) => recordCallbackChecked(knex, callbackIds),
  });
}
