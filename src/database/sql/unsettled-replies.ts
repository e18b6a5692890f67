import { type Knex } from 'knex';
import { query } from '../rows';
import { type SweepBatch } from '../sweep-store';
import { type TakenReply } from '../task-store';
import { REPLY_COLUMNS } from './take-on-call-reply';

/** Once a reply has closed its task there is nothing left to do for it. */
const SQL = `
  select ${REPLY_COLUMNS}
  from tasks
  join lateral (
    select replied.actor
    from task_history replied
    where replied.message_id = tasks.message_id and replied.step = tasks.step and replied.kind = 'answered_on_call'
      and replied.at >= tasks.opened_at
      and replied.at <= now() - make_interval(secs => cast(:pauseSeconds as double precision))
    order by replied.entry_id
    limit 1
  ) task_history on true
  where tasks.closed_at is null and tasks.on_call_recipient is not null
  order by tasks.opened_at, tasks.message_id
  limit :limit`;

/** `TaskStore.unsettledReplies`. */
export function unsettledReplies(knex: Knex, { limit, pauseMs }: SweepBatch): Promise<TakenReply[]> {
  return query<TakenReply>(knex, SQL, { limit, pauseSeconds: pauseMs / 1000 });
}
