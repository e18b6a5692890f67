import { type Knex } from 'knex';
import { query } from '../rows';
import { type OnCallReply, type TakenReply } from '../task-store';

/** What Twilio's clock and ours may differ by, in seconds; its times have no fractions. */
const CLOCKS_DIFFER_SECONDS = 5;

/** How long after its end a task is still what a reply means, in seconds. */
const LATE_WITHIN_SECONDS = 86_400;

/** Columns of `TakenReply` but `isNew`, for a select that has the tables `tasks` and `task_history`. */
export const REPLY_COLUMNS = `
    tasks.message_id as "messageId", tasks.step as "step", tasks.tenant as "tenant", tasks.queue as "queue",
    tasks.opened_at as "openedAt", tasks.on_call_recipient as "from", task_history.actor as "by",
    (select jsonb_build_object('sender', attempts.sender, 'channel', attempts.channel)
      from attempts where attempts.message_id = tasks.on_call_message_id order by attempts.number desc limit 1) as "told"`;

/**
 * The reply means the newest open task that the number was told of in this conversation, otherwise the newest one that is
 * closed; never one that was opened after it. The entry is the reply: the same reply again finds it.
 */
const SQL = `
  with meant as (
    select tasks.message_id, tasks.step
    from tasks
    where tasks.on_call_recipient = :from
      and tasks.opened_at <= cast(:at as timestamptz) + interval '${CLOCKS_DIFFER_SECONDS} seconds'
      and (tasks.closed_at is null or tasks.closed_at >= cast(:at as timestamptz) - interval '${LATE_WITHIN_SECONDS} seconds')
      and exists (
        select from attempts
        where attempts.message_id = tasks.on_call_message_id and attempts.conversation_sid = :conversationSid)
      and not exists (select from task_history where task_history.evidence = :evidence)
    order by tasks.closed_at is null desc, tasks.opened_at desc, tasks.message_id
    limit 1
  ), replied as (
    insert into task_history (message_id, step, kind, actor, evidence)
    select meant.message_id, meant.step, 'answered_on_call', :by, :evidence from meant
    on conflict (evidence) where evidence is not null do nothing
    returning task_history.message_id, task_history.step, task_history.actor
  )
  select ${REPLY_COLUMNS}
  from replied task_history
  join tasks on tasks.message_id = task_history.message_id and tasks.step = task_history.step`;

const KNOWN = 'select 1 from task_history where task_history.evidence = :evidence';

/** `TaskStore.takeReply`. */
export async function takeOnCallReply(
  knex: Knex,
  { at, conversationSid, evidence, from }: OnCallReply,
  by: string,
): Promise<TakenReply | 'repeated' | undefined> {
  const [taken] = await query<TakenReply>(knex, SQL, { at, conversationSid, evidence, from, by });
  if (taken !== undefined) {
    return taken;
  }
  return (await query(knex, KNOWN, { evidence })).length > 0 ? 'repeated' : undefined;
}
