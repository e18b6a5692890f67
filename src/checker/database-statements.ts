import {
  type AttemptEvidence,
  type CallbackEvidence,
  type MessageEvidence,
  type OptOutEvidence,
  type StoredReceipt,
} from './evidence';
import { type PagedStatement } from './read-pages';

const milliseconds = (column: string): string => `cast(extract(epoch from ${column}) * 1000 as double precision)`;

/** The accepted requests. */
export const MESSAGES: PagedStatement<MessageEvidence> = {
  sql: `
    select message_id as "messageId", workflow_id as "workflowId", status, request ->> 'category' as "category",
      request ->> 'to' is null as "isFanOut", request ->> 'answers' as "answers", child_of as "childOf", outcome,
      coalesce(request -> 'policy' ->> 'onOptedOutParticipant' = 'send', false) as "sendsToOptedOut",
      ${milliseconds('created_at')} as "createdAtMs", ${milliseconds('closed_at')} as "closedAtMs",
      case when request ->> 'callbackUrl' is not null then jsonb_build_object('redrives', redrives, 'corrections', (
        select count(*) from outcome_corrections where outcome_corrections.message_id = messages.message_id)) end as "caller"
    from messages
    where message_id > :messageId
    order by message_id
    limit :limit`,
  from: { messageId: '' },
  placeOf: ({ messageId }) => ({ messageId }),
};

/** What was tried for them; the recipient is an address. */
export const ATTEMPTS: PagedStatement<AttemptEvidence> = {
  sql: `
    select message_id as "messageId", number, message_sid as "messageSid", result ->> 'kind' as "resultKind",
      recipient, ${milliseconds('started_at')} as "startedAtMs"
    from attempts
    where (message_id, number) > (:messageId, cast(:number as integer))
    order by message_id, number
    limit :limit`,
  from: { messageId: '', number: 0 },
  placeOf: ({ messageId, number }) => ({ messageId, number }),
};

/** What was told of them. */
export const RECEIPTS: PagedStatement<StoredReceipt & { readonly eventId: string }> = {
  sql: `
    select event_id as "eventId", delivery_receipt_sid as "deliveryReceiptSid", status, error_code as "errorCode"
    from delivery_events
    where event_id > :eventId
    order by event_id
    limit :limit`,
  from: { eventId: '' },
  placeOf: ({ eventId }) => ({ eventId }),
};

/** What callers were to be told. */
export const CALLBACKS: PagedStatement<CallbackEvidence> = {
  sql: `
    select callback_id as "callbackId", message_id as "messageId", type, status
    from callbacks
    where callback_id > :callbackId
    order by callback_id
    limit :limit`,
  from: { callbackId: '' },
  placeOf: ({ callbackId }) => ({ callbackId }),
};

/** Every statement of the ledger; address and sender are addresses. */
export const OPT_OUTS: PagedStatement<OptOutEvidence> = {
  sql: `
    select statement_id as "statementId", address, sender, channel, category, opted_out as "isStop", evidence,
      ${milliseconds('at')} as "atMs", ${milliseconds('recorded_at')} as "recordedAtMs"
    from opt_out_history
    where statement_id > :statementId
    order by statement_id
    limit :limit`,
  from: { statementId: 0 },
  placeOf: ({ statementId }) => ({ statementId }),
};
