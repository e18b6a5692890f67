import { CALLER_LISTENS, callersTold } from './callers-told';

/** Where the request of a message names the team's own tool, for the step of a task. */
const toolOf = (tasks: string): string =>
  `messages.request #>> array['policy', 'escalation', cast(${tasks}.step - 1 as text), 'callbackUrl']`;

/**
 * The caller is told of a human task, and so is the tool of the team that its step names, unless both have one address.
 * @param tasks the common table expression that opened or closed it, with message_id, step, queue and opened_at.
 * @param type expression for the type of the callback.
 * @param status expression for the status of the message.
 * @param also expressions, jsonb, for what else `TaskFacts` says: to both, and to the tool alone, whose people deal with it.
 */
export function taskTold(
  tasks: string,
  type: string,
  status: string,
  also: { readonly toBoth: string; readonly toTool: string },
): string {
  return callersTold(
    `
    select messages.message_id, messages.tenant, ${type} as type, listener.to_step,
      ${tasks}.step || ':' || extract(epoch from ${tasks}.opened_at) || case when listener.to_step is null then '' else '-team' end
        as position,
      jsonb_build_object('status', ${status},
        'task', jsonb_build_object('step', ${tasks}.step, 'queue', ${tasks}.queue) || ${also.toBoth}
          || case when listener.to_step is null then '{}' else ${also.toTool} end) as facts
    from ${tasks}
    join messages on messages.message_id = ${tasks}.message_id
    cross join lateral (
      select cast(null as integer) as to_step where ${CALLER_LISTENS}
      union all
      select ${tasks}.step
      where ${toolOf(tasks)} is not null and ${toolOf(tasks)} is distinct from messages.request ->> 'callbackUrl'
    ) listener`,
    'happening.to_step',
  );
}
