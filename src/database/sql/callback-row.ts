import { type CallbackStatus, type CallbackType } from '../../domain/callback';
import { type CallbackRecord } from '../callback-store';
import { withoutNulls } from '../rows';

/** A callback as the statements select it: a `CallbackRecord` with nulls. */
export interface CallbackRow {
  readonly callbackId: string;
  readonly tenant: string;
  readonly type: CallbackType;
  readonly messageId: string;
  readonly status: CallbackStatus;
  readonly at: string;
  readonly tries: number;
  readonly triedAt: string | null;
  readonly problem: string | null;
}

/** Columns of `CallbackRow`, for a select that has the table `callbacks`. */
export const CALLBACK_COLUMNS = `
    callbacks.callback_id as "callbackId", callbacks.tenant as "tenant", callbacks.type as "type",
    callbacks.message_id as "messageId", callbacks.status as "status", callbacks.at as "at", callbacks.tries as "tries",
    callbacks.tried_at as "triedAt", callbacks.problem as "problem"`;

/** The callback that a row has. */
export function callbackRecord(row: CallbackRow): CallbackRecord {
  return withoutNulls(row);
}
