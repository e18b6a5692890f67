import { type Knex } from 'knex';
import { type CallbackFacts, type CallbackType } from '../../domain/callback';
import { type Progress } from '../message-store';
import { query } from '../rows';
import { type TimelineNote } from '../timeline';
import { type WithCallbacks, type WrittenCallback } from '../written-callback';
import { attemptEndBindings, ENDED_AND_HEARD } from './attempt-end';
import { ATTEMPT_FACTS, callersTold, WRITTEN_CALLBACKS } from './callers-told';
import { attemptEndNotes, entriesBinding, NOTED } from './timeline-entries';

/** Run and attempt tell one retry from another, and with the step one escalation from another. */
const STEP_TOLD = callersTold(`
    select moved.message_id, moved.tenant, cast(:callbackType as text) as type, cast(:position as text) as position,
      jsonb_build_object('status', moved.status, 'attempt', ${ATTEMPT_FACTS}, 'result', cast(:result as jsonb))
        || cast(:callbackFacts as jsonb) as facts
    from moved
    left join attempts on attempts.message_id = moved.message_id and attempts.number = cast(:attemptNumber as integer)
    where moved.callback_url is not null and cast(:callbackType as text) is not null`);

/** A closed message keeps its status; what happens to it afterwards is noted all the same. */
const SQL = `
  with ${ENDED_AND_HEARD}, ${NOTED}, moved as (
    update messages set status = :status
    where messages.message_id = :messageId and messages.status <> 'closed'
    returning messages.message_id, messages.tenant, messages.status, messages.request ->> 'callbackUrl' as callback_url
  ), ${STEP_TOLD}
  select ${WRITTEN_CALLBACKS}`;

/** `MessageStore.recordProgress`. */
export async function recordProgress(knex: Knex, progress: Progress): Promise<WithCallbacks<void>> {
  const { messageId, status, attemptEnd, heardEventIds, note, redrive } = progress;
  const entries = entriesBinding([...attemptEndNotes(attemptEnd), note], redrive);
  const [row] = await query<{ readonly callbacks: readonly WrittenCallback[] }>(knex, SQL, {
    messageId,
    status,
    entries,
    ...attemptEndBindings(attemptEnd, heardEventIds),
    ...callbackBindings(note, `${redrive ?? 0}:${attemptEnd?.number ?? ''}`),
  });
  return { result: undefined, callbacks: row?.callbacks ?? [] };
}

interface CallbackBindings extends Record<string, string | null> {
  readonly callbackType: CallbackType | null;
  readonly callbackFacts: string;
  readonly position: string;
}

/**
 * What a caller is told of a step forward; most steps are nothing to tell.
 * @param position the run of the message and the attempt that ended.
 */
function callbackBindings({ detail, kind }: TimelineNote, position: string): CallbackBindings {
  const facts = detail as unknown as NonNullable<CallbackFacts['escalation']> & { readonly delayMs: number };
  const { channel, child, participantSid, reason, step } = facts;
  const told = (callbackType: CallbackType | null, said: Partial<CallbackFacts>): CallbackBindings => ({
    callbackType,
    callbackFacts: JSON.stringify(said),
    position: [position, said.escalation?.step ?? '', ...(participantSid === undefined ? [] : [participantSid])].join(
      ':',
    ),
  });
  switch (kind) {
    case 'backing_off':
      return told('message.retrying', { delayMs: facts.delayMs });
    case 'escalated': {
      const alone = participantSid === undefined || child === undefined ? {} : { participantSid, child };
      return told('message.escalated', { escalation: { step, channel, reason, ...alone } });
    }
    default:
      return told(null, {});
  }
}
