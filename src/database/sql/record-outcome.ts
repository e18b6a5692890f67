import { type Knex } from 'knex';
import { countryOf } from '../../domain/address';
import { LATE_READS_AFTER_MS } from '../../domain/late-reads';
import { type Outcome } from '../../domain/outcome';
import { type FinalProgress } from '../message-store';
import { query } from '../rows';
import { type TimelineNote } from '../timeline';
import { type WithCallbacks, type WrittenCallback } from '../written-callback';
import { attemptEndBindings, ENDED_AND_HEARD } from './attempt-end';
import { ATTEMPT_FACTS, callersTold, WRITTEN_CALLBACKS } from './callers-told';
import { messageBindings } from './message-bindings';
import { attemptEndNotes, entriesBinding, NOTED } from './timeline-entries';
import { IS_UNDECIDED, isLostFromSight, UNDECIDED_BINDINGS } from './undecided-attempt';

interface Row {
  readonly isRecorded: boolean;
  readonly callbacks: readonly WrittenCallback[];
}

/** An end that was put on record before under another time was told then, with the outcome that stayed. */
const END_TOLD = callersTold(`
    select closed.message_id, closed.tenant, 'message.' || (closed.outcome ->> 'kind') as type, closed.outcome ->> 'at' as position,
      jsonb_build_object('status', 'closed', 'outcome', closed.outcome, 'attempt', ${ATTEMPT_FACTS},
        'result', case when attempts.number = cast(:attemptNumber as integer) then cast(:result as jsonb) end) as facts
    from closed
    left join attempts on attempts.message_id = closed.message_id
      and attempts.number = cast(closed.outcome ->> 'attempt' as integer)
    where closed.callback_url is not null and closed.outcome = cast(:outcome as jsonb)`);

/**
 * The first outcome stays: a message has exactly one. A receipt that decides and came too late for the workflow to weigh it
 * is due again, whether or not Temporal had been told of it: whoever takes it finds the message closed and corrects the outcome.
 * When something is undecided at the end, Twilio is asked about it later.
 * A run whose message was redriven meanwhile has nothing to say any more: there is no row then.
 * Sender and country are kept for reports: those of the attempt that decided; a message that ended without one has its recipient's.
 */
const SQL = `
  with deciding as (
    select attempts.sender, coalesce(attempts.country, cast(:country as text)) as country
    from (select cast(cast(:outcome as jsonb) ->> 'attempt' as integer) as attempt) ending
    left join attempts on attempts.message_id = :messageId and attempts.number = ending.attempt
  ), closed as (
    insert into messages (message_id, workflow_id, tenant, request_hash, request, status, outcome, started_at, closed_at,
      outcome_sender, outcome_country)
    select :messageId, :workflowId, :tenant, :requestHash, cast(:request as jsonb), 'closed', cast(:outcome as jsonb), now(), now(),
      deciding.sender, deciding.country
    from deciding
    on conflict (message_id) do update set
      status = excluded.status,
      outcome = coalesce(messages.outcome, excluded.outcome),
      started_at = coalesce(messages.started_at, excluded.started_at),
      closed_at = coalesce(messages.closed_at, excluded.closed_at),
      outcome_sender = case when messages.closed_at is null then excluded.outcome_sender else messages.outcome_sender end,
      outcome_country = case when messages.closed_at is null then excluded.outcome_country else messages.outcome_country end,
      late_read_due_at = case when messages.closed_at is not null then messages.late_read_due_at
        when exists (
          select from attempts
          where attempts.message_id = :messageId
            and ((${IS_UNDECIDED}) or (${isLostFromSight('coalesce(attempts.result, cast(:result as jsonb))')}))
        ) then now() + make_interval(secs => cast(:firstLateReadSeconds as double precision)) end
    where messages.redrives = :redrive
    returning messages.message_id, messages.tenant, messages.request ->> 'callbackUrl' as callback_url, messages.outcome,
      messages.xmax = 0 as is_new
  ), ${ENDED_AND_HEARD}, ${NOTED}, unheard as (
    update delivery_events set signal_due_at = now()
    from attempts
    where attempts.message_id = :messageId and delivery_events.message_sid = attempts.message_sid
      and delivery_events.status = any(cast(:deciding as text[]))
      and delivery_events.event_id <> all(cast(:heardEventIds as text[]))
  ), accepted as (
    insert into timeline (message_id, entry_key, kind, detail)
    select closed.message_id, 'accepted', 'accepted', '{}' from closed where closed.is_new
  ), ${END_TOLD}
  select closed.outcome = cast(:outcome as jsonb) as "isRecorded", ${WRITTEN_CALLBACKS} from closed`;

/** `MessageStore.recordOutcome`. */
export async function recordOutcome(knex: Knex, progress: FinalProgress): Promise<WithCallbacks<boolean>> {
  const { attemptEnd, heardEventIds, outcome, message } = progress;
  const entries = entriesBinding([...attemptEndNotes(attemptEnd), closedNote(outcome)], message.redrive);
  const [row] = await query<Row>(knex, SQL, {
    ...messageBindings(message),
    ...attemptEndBindings(attemptEnd, heardEventIds),
    outcome: JSON.stringify(outcome),
    country: (message.request.to === undefined ? undefined : countryOf(message.request.to)) ?? null,
    entries,
    ...UNDECIDED_BINDINGS,
    firstLateReadSeconds: LATE_READS_AFTER_MS[0] / 1000,
  });
  return { result: row?.isRecorded ?? false, callbacks: row?.callbacks ?? [] };
}

function closedNote({ kind, channel, attempt, errorCode }: Outcome): TimelineNote {
  return { kind: 'closed', detail: { outcome: kind, channel, attempt, ...(errorCode !== undefined && { errorCode }) } };
}
