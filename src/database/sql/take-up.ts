import { type Knex } from 'knex';
import { type DeliveryEvent } from '../../domain/delivery-event';
import { type AttemptChannel } from '../../domain/channel';
import { type Outcome } from '../../domain/outcome';
import { type ConversationSid, type MessageSid, type ParticipantSid } from '../../domain/sid';
import { type EarlierAttempt, type TakeUp } from '../dead-letter-store';
import { isoTime, query, withoutNulls } from '../rows';

/**
 * Marks the message as started, so that the sweep leaves it alone, and reads all that is known of its attempts. Receipts that are
 * stored after this are signalled to the workflow, which runs already. Attempts that were refused before they were begun have no
 * row: how far they were counted stands in the outcomes of before.
 */
const SQL = `
  with touched as (
    update messages set started_at = coalesce(messages.started_at, now())
    where messages.message_id = :messageId and messages.redrives = :redrive and messages.status <> 'closed'
    returning messages.message_id
  )
  select touched.message_id is not null as "isCurrent", messages.request_hash as "requestHash",
    coalesce((select redrives.was from redrives where redrives.message_id = messages.message_id and redrives.number = :redrive + 1),
      messages.outcome) as "outcome",
    greatest(
      (select max(attempts.number) from attempts where attempts.message_id = messages.message_id),
      (select max(cast(redrives.was ->> 'attempt' as integer)) from redrives where redrives.message_id = messages.message_id)
    ) as "attemptsMade",
    (select coalesce(jsonb_agg(jsonb_build_object('number', attempts.number, 'step', attempts.step, 'channel', attempts.channel,
        'sender', attempts.sender, 'recipient', attempts.recipient, 'startedAt', attempts.started_at,
        'isAmbiguous', coalesce(attempts.result ->> 'kind' = 'ambiguous', false),
        'conversationSid', attempts.conversation_sid, 'participantSid', attempts.participant_sid, 'messageSid', attempts.message_sid,
        'openCreate', attempts.open_create, 'openCreateAgeMs', extract(epoch from clock_timestamp() - attempts.open_create_at) * 1000)
        order by attempts.number), '[]')
      from attempts where attempts.message_id = messages.message_id) as "attempts",
    (select coalesce(jsonb_agg(jsonb_build_object('eventId', delivery_events.event_id, 'messageSid', delivery_events.message_sid,
        'participantSid', delivery_events.participant_sid, 'status', delivery_events.status,
        'errorCode', delivery_events.error_code, 'at', delivery_events.at) order by delivery_events.at, delivery_events.event_id), '[]')
      from attempts join delivery_events on delivery_events.message_sid = attempts.message_sid
      where attempts.message_id = messages.message_id) as "events"
  from messages
  left join touched on true
  where messages.message_id = :messageId`;

interface AttemptJson {
  readonly number: number;
  readonly step: number;
  readonly channel: AttemptChannel;
  readonly sender: string | null;
  readonly recipient: string | null;
  readonly startedAt: string;
  readonly isAmbiguous: boolean;
  readonly conversationSid: ConversationSid | null;
  readonly participantSid: ParticipantSid | null;
  readonly messageSid: MessageSid | null;
  readonly openCreate: string | null;
  readonly openCreateAgeMs: number | null;
}

type EventJson = Pick<DeliveryEvent, 'eventId' | 'messageSid' | 'status' | 'at'> & {
  readonly participantSid: ParticipantSid | null;
  readonly errorCode: number | null;
};

interface Row {
  readonly isCurrent: boolean;
  readonly requestHash: string;
  readonly outcome: Outcome | null;
  readonly attemptsMade: number;
  readonly attempts: readonly AttemptJson[];
  readonly events: readonly EventJson[];
}

/** `DeadLetterStore.takeUp`. */
export async function takeUp(knex: Knex, messageId: string, redrive: number): Promise<TakeUp> {
  const [row] = await query<Row>(knex, SQL, { messageId, redrive });
  if (row === undefined) {
    return { kind: 'over' };
  }
  const { attempts, attemptsMade, events, isCurrent, outcome, requestHash } = row;
  if (!isCurrent) {
    return { kind: 'over', requestHash, ...(outcome !== null && { outcome }) };
  }
  return {
    kind: 'taken_up',
    attemptsMade,
    attempts: attempts.map(earlierAttempt),
    events: events.map((event) => withoutNulls({ ...event, at: isoTime(event.at) })),
  };
}

function earlierAttempt(row: AttemptJson): EarlierAttempt {
  const { number, step, channel, sender, recipient, isAmbiguous, openCreate, openCreateAgeMs } = row;
  const { conversationSid, participantSid, messageSid } = row;
  const isPlaced = conversationSid !== null && participantSid !== null;
  return {
    number,
    step,
    channel,
    ...(sender !== null && recipient !== null && { addresses: { sender, recipient } }),
    startedAt: isoTime(row.startedAt),
    isAmbiguous,
    ...(isPlaced && { conversation: { conversationSid, participantSid } }),
    ...(messageSid !== null && { messageSid }),
    ...(messageSid === null &&
      openCreate !== null && { openCreate: { createId: openCreate, ageMs: openCreateAgeMs ?? 0 } }),
  };
}
