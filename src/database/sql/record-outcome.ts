import { type Knex } from 'knex';
import { DECIDING_STATUSES } from '../../domain/delivery-state';
import { type Outcome } from '../../domain/outcome';
import { type FinalProgress } from '../message-store';
import { queryOne } from '../rows';
import { type TimelineNote } from '../timeline';
import { attemptEndBindings, ENDED_AND_HEARD } from './attempt-end';
import { messageBindings } from './message-bindings';
import { attemptEndNotes, entriesBinding, NOTED } from './timeline-entries';

/**
 * The first outcome stays: a message has exactly one. A receipt that decides and came too late for the workflow to weigh it
 * is due again, whether or not Temporal had been told of it: whoever takes it finds the message closed and corrects the outcome.
 */
const SQL = `
  with closed as (
    insert into messages (message_id, workflow_id, tenant, request_hash, request, status, outcome, started_at, closed_at)
    values (:messageId, :workflowId, :tenant, :requestHash, cast(:request as jsonb), 'closed', cast(:outcome as jsonb), now(), now())
    on conflict (message_id) do update set
      status = excluded.status,
      outcome = coalesce(messages.outcome, excluded.outcome),
      started_at = coalesce(messages.started_at, excluded.started_at),
      closed_at = coalesce(messages.closed_at, excluded.closed_at)
    returning messages.message_id, messages.outcome, messages.xmax = 0 as is_new
  ), ${ENDED_AND_HEARD}, ${NOTED}, unheard as (
    update delivery_events set signal_due_at = now()
    from attempts
    where attempts.message_id = :messageId and delivery_events.message_sid = attempts.message_sid
      and delivery_events.status = any(cast(:deciding as text[]))
      and delivery_events.event_id <> all(cast(:heardEventIds as text[]))
  ), accepted as (
    insert into timeline (message_id, entry_key, kind, detail)
    select closed.message_id, 'accepted', 'accepted', '{}' from closed where closed.is_new
  )
  select closed.outcome = cast(:outcome as jsonb) as "isRecorded" from closed`;

/** `MessageStore.recordOutcome`. */
export async function recordOutcome(knex: Knex, progress: FinalProgress): Promise<boolean> {
  const { attemptEnd, heardEventIds, outcome, message } = progress;
  const entries = entriesBinding([...attemptEndNotes(attemptEnd), closedNote(outcome)]);
  const { isRecorded } = await queryOne<{ readonly isRecorded: boolean }>(knex, SQL, {
    ...messageBindings(message),
    ...attemptEndBindings(attemptEnd, heardEventIds),
    outcome: JSON.stringify(outcome),
    entries,
    deciding: DECIDING_STATUSES,
  });
  return isRecorded;
}

function closedNote({ kind, channel, attempt, errorCode }: Outcome): TimelineNote {
  return { kind: 'closed', detail: { outcome: kind, channel, attempt, ...(errorCode !== undefined && { errorCode }) } };
}
