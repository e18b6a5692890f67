import { type Knex } from 'knex';
import { type Outcome } from '../../domain/outcome';
import { type FinalProgress } from '../message-store';
import { query } from '../rows';
import { type TimelineNote } from '../timeline';
import { attemptEndBindings, ENDED_AND_HEARD } from './attempt-end';
import { messageBindings } from './message-bindings';
import { attemptEndNotes, entriesBinding, NOTED } from './timeline-entries';

/** The first outcome stays: a message has exactly one. */
const SQL = `
  with closed as (
    insert into messages (message_id, workflow_id, tenant, request_hash, request, status, outcome, started_at, closed_at)
    values (:messageId, :workflowId, :tenant, :requestHash, cast(:request as jsonb), 'closed', cast(:outcome as jsonb), now(), now())
    on conflict (message_id) do update set
      status = excluded.status,
      outcome = coalesce(messages.outcome, excluded.outcome),
      started_at = coalesce(messages.started_at, excluded.started_at),
      closed_at = coalesce(messages.closed_at, excluded.closed_at)
    returning messages.message_id, messages.xmax = 0 as is_new
  ), ${ENDED_AND_HEARD}, ${NOTED}
  insert into timeline (message_id, entry_key, kind, detail)
  select closed.message_id, 'accepted', 'accepted', '{}' from closed where closed.is_new`;

/** `MessageStore.recordOutcome`. */
export async function recordOutcome(knex: Knex, progress: FinalProgress): Promise<void> {
  const { attemptEnd, heardEventIds, outcome, message } = progress;
  const entries = entriesBinding([...attemptEndNotes(attemptEnd), closedNote(outcome)]);
  await query(knex, SQL, {
    ...messageBindings(message),
    ...attemptEndBindings(attemptEnd, heardEventIds),
    outcome: JSON.stringify(outcome),
    entries,
  });
}

function closedNote({ kind, channel, attempt, errorCode }: Outcome): TimelineNote {
  return { kind: 'closed', detail: { outcome: kind, channel, attempt, ...(errorCode !== undefined && { errorCode }) } };
}
