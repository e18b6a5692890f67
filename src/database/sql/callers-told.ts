/**
 * The common table expression `callers`, which writes what callers are to be told of the change that the statement makes.
 * The id is derived: the same happening told twice has the same id, and is written once.
 * @param happenings a select of message_id, tenant, type, position and facts (`CallbackFacts`; nulls are left out), to be limited
 * by `CALLER_LISTENS`. The position tells happenings of one type and message apart.
 * @param toStep expression for the human step whose own address is told; null is the address of the message.
 */
export function callersTold(happenings: string, toStep = 'cast(null as integer)'): string {
  return `
  callers as (
    insert into callbacks (callback_id, message_id, tenant, type, facts, to_step)
    select 'evt_' || left(encode(sha256(convert_to(cast(
        jsonb_build_array(happening.message_id, happening.type, happening.position) as text), 'UTF8')), 'hex'), 40),
      happening.message_id, happening.tenant, happening.type, jsonb_strip_nulls(happening.facts), ${toStep}
    from (${happenings}) happening
    on conflict (callback_id) do nothing
    returning callbacks.callback_id, callbacks.tenant, callbacks.message_id
  )`;
}

/** Whether the request of a message, in the table or expression `messages`, names somebody to tell. */
export const CALLER_LISTENS = `messages.request ->> 'callbackUrl' is not null`;

/** `CallbackFacts.attempt` of the table `attempts`; null when a left join found none. */
export const ATTEMPT_FACTS = `
    case when attempts.number is not null then jsonb_build_object('number', attempts.number, 'channel', attempts.channel,
      'conversationSid', attempts.conversation_sid, 'participantSid', attempts.participant_sid, 'messageSid', attempts.message_sid,
      'callSid', attempts.call_sid) end`;

/** Column `callbacks` of a statement that has `callers`: the list of `WrittenCallback`. */
export const WRITTEN_CALLBACKS = `
    (select coalesce(jsonb_agg(jsonb_build_object('callbackId', callers.callback_id, 'tenant', callers.tenant,
        'messageId', callers.message_id)), '[]')
      from callers) as "callbacks"`;
