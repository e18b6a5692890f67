import { type Knex } from 'knex';
import { query } from '../rows';
import { type SweepBatch, type UnstartedMessage } from '../sweep-store';
import { START_COLUMNS, startOf, type StartRow } from './start-row';

/**
 * A message whose workflow waits for a worker, or for its time, looks the same as one without a workflow. The pauses double,
 * as those of quiet attempts do, so that a backlog is not asked about again and again.
 */
const SQL = `
  select ${START_COLUMNS}
  from messages
  where messages.closed_at is null
    and messages.started_at is null
    and coalesce(messages.reopened_at, messages.created_at) <= now() - make_interval(secs => cast(:pauseSeconds as double precision))
    and (messages.start_checked_at is null or now() - messages.start_checked_at >=
      greatest(make_interval(secs => cast(:pauseSeconds as double precision)),
        messages.start_checked_at - coalesce(messages.reopened_at, messages.created_at)))
  order by coalesce(messages.start_checked_at, messages.reopened_at, messages.created_at), messages.message_id
  limit :limit`;

/** `SweepStore.unstartedMessages`. */
export async function unstartedMessages(knex: Knex, { limit, pauseMs }: SweepBatch): Promise<UnstartedMessage[]> {
  const rows = await query<StartRow>(knex, SQL, { limit, pauseSeconds: pauseMs / 1000 });
  return rows.map(startOf);
}
