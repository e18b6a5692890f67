import { ATTEMPT_FACTS, CALLER_LISTENS, callersTold } from './callers-told';

/** What the common table expression `stored` returns of each attempt whose SID it has stored, for `SEND_TOLD`. */
export const SENT_ATTEMPT = `attempts.message_id, attempts.number, attempts.channel, attempts.conversation_sid,
      attempts.participant_sid, attempts.message_sid, attempts.call_sid, attempts.ended_at`;

/** The caller is told that Twilio has an attempt, once for each message at Twilio. */
export const SEND_TOLD = callersTold(`
    select attempts.message_id, messages.tenant, 'message.sent' as type, coalesce(attempts.message_sid, attempts.call_sid) as position,
      jsonb_build_object('attempt', ${ATTEMPT_FACTS},
        'status', case when attempts.ended_at is null and messages.status <> 'closed' then 'awaiting_receipt' else messages.status end) as facts
    from stored attempts
    join messages on messages.message_id = attempts.message_id
    where ${CALLER_LISTENS}`);
