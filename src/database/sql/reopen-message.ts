import { type Knex } from 'knex';
import { type Outcome } from '../../domain/outcome';
import { type Reopening } from '../dead-letter-store';
import { query } from '../rows';
import { START_COLUMNS, startOf, type StartRow } from './start-row';

/**
 * The row is locked before it is looked at again, so of many at once one finds it dead, and the others find it open.
 * What it was until then goes into the history in the same statement. `started_at` is emptied: until a workflow has touched
 * the message, the sweep starts it.
 */
const REOPEN = `
  with dead as (
    select messages.message_id, messages.outcome
    from messages
    where messages.message_id = :messageId and (cast(:tenant as text) is null or messages.tenant = :tenant)
      and (messages.outcome ->> 'dead') is not null
    for update
  ), reopened as (
    update messages set status = 'sending', outcome = null, closed_at = null, started_at = null, start_checked_at = null,
      late_read_due_at = null, redrives = messages.redrives + 1, reopened_at = now()
    from dead
    where messages.message_id = dead.message_id
    returning ${START_COLUMNS}, dead.outcome
  ), kept as (
    insert into redrives (message_id, number, redriven_by, was)
    select reopened."messageId", reopened."redrives", :by, reopened.outcome from reopened
  )
  select reopened."messageId", reopened."tenant", reopened."requestHash", reopened."request", reopened."redrives", reopened."childOf"
  from reopened`;

/** A statement of its own: the one before may have waited for somebody whose writes it cannot see. */
const LOOK = `
  select ${START_COLUMNS}, messages.outcome as "outcome", messages.started_at is not null as "isStarted"
  from messages
  where messages.message_id = :messageId and (cast(:tenant as text) is null or messages.tenant = :tenant)`;

type LookRow = StartRow & { readonly outcome: Outcome | null; readonly isStarted: boolean };

export interface ReopenRequest {
  readonly messageId: string;
  /** Absent: whoever's message it is. */
  readonly tenant?: string;
  readonly by: string;
}

/** `DeadLetterStore.reopen`. */
export async function reopenMessage(knex: Knex, request: ReopenRequest): Promise<Reopening> {
  const { by, messageId, tenant = null } = request;
  for (;;) {
    const [reopened] = await query<StartRow>(knex, REOPEN, { messageId, tenant, by });
    if (reopened !== undefined) {
      return { kind: 'reopened', start: startOf(reopened) };
    }
    const [found] = await query<LookRow>(knex, LOOK, { messageId, tenant });
    const known = found === undefined ? ({ kind: 'unknown' } as const) : readingOf(found);
    // Somebody redrove it between the two statements, and it ended as dead again: it is to be redriven once more.
    if (known !== 'dead') {
      return known;
    }
  }
}

function readingOf({ isStarted, outcome, ...row }: LookRow): Reopening | 'dead' {
  if (outcome !== null) {
    return outcome.dead === undefined ? { kind: 'not_dead', outcome } : 'dead';
  }
  return row.redrives === 0 ? { kind: 'in_first_run' } : { kind: 'open_again', start: startOf(row), isStarted };
}
