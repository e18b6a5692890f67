import { type Knex } from 'knex';
import { type AttemptFacts } from '../../domain/correct-outcome';
import { type DeliveryEvent } from '../../domain/delivery-event';
import { recipientState } from '../../domain/recipient-state';
import { type CallEvent } from '../../domain/call-event';
import { callProof } from '../../domain/call-proof';
import { type AttemptChannel, CALL_CHANNEL, CONVERSATION_CHANNEL } from '../../domain/channel';
import { conversationState, participantState } from '../../domain/conversation-state';
import { type Outcome } from '../../domain/outcome';
import { type Participant } from '../../domain/participant';
import { type CallAcknowledgement, DEFAULT_VOICE_STEP } from '../../domain/policy';
import { type ParticipantSid } from '../../domain/sid';
import { isoTime, query, withoutNulls } from '../rows';
import { CORRECTIONS_COLUMN, type CorrectionJson } from './correction-row';

/** How a message ended, what has become of that, and what is known of its attempts now. */
export interface KnownOutcome {
  /** What the message ended with. */
  readonly recorded: Outcome;
  /** What is said of it now; the same while nothing was corrected. */
  readonly current: Outcome;
  readonly correctionsMade: number;
  readonly facts: readonly AttemptFacts[];
  /** The message that this one is a child of: its outcome depends on this one's. */
  readonly parentId?: string;
}

interface AttemptRow {
  readonly number: number;
  readonly channel: AttemptChannel;
  readonly participantSid: ParticipantSid | null;
  readonly isAtTwilio: boolean;
  readonly receipts: readonly ReceiptRow[];
  readonly callEvents: readonly CallEvent[];
  /** What the step of a call asks for, where its policy says so. */
  readonly acknowledge: CallAcknowledgement | null;
  /** None for an attempt to one recipient. */
  readonly participants: readonly (Participant & { readonly childOutcome: Outcome | null })[];
}

type ReceiptRow = Pick<DeliveryEvent, 'status' | 'at'> & {
  readonly participantSid: ParticipantSid | null;
  readonly errorCode: number | null;
};

interface Row {
  readonly outcome: Outcome | null;
  readonly redrives: number;
  readonly parentId: string | null;
  readonly corrections: readonly CorrectionJson[];
  readonly attempts: readonly AttemptRow[];
}

const SQL = `
  select messages.outcome as "outcome", messages.redrives as "redrives", messages.parent_id as "parentId", ${CORRECTIONS_COLUMN},
    (select coalesce(jsonb_agg(jsonb_build_object('number', attempts.number, 'channel', attempts.channel,
        'participantSid', attempts.participant_sid,
        'isAtTwilio', attempts.message_sid is not null, 'receipts', told.receipts,
        'callEvents', (select coalesce(jsonb_agg(call_events.event), '[]') from call_events
          where call_events.message_id = attempts.message_id and call_events.attempt = attempts.number),
        'acknowledge', messages.request #> array['policy', 'escalation', cast(attempts.step - 1 as text), 'acknowledge'],
        'participants', taking_part.participants) order by attempts.number), '[]')
      from attempts cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('status', delivery_events.status, 'at', delivery_events.at,
          'participantSid', delivery_events.participant_sid, 'errorCode', delivery_events.error_code)), '[]') as receipts
        from delivery_events where delivery_events.message_sid = attempts.message_sid
      ) told
      cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('participantSid', participant.participant_sid, 'channel', participant.channel,
          'isOptedOut', participant.opted_out_by is not null, 'childOutcome', child.outcome)), '[]') as participants
        from attempt_participants participant
        left join messages child on child.parent_id = participant.message_id
          and cast(child.child_of ->> 'attempt' as integer) = participant.number
          and child.child_of ->> 'participantSid' = participant.participant_sid
        where participant.message_id = attempts.message_id and participant.number = attempts.number
      ) taking_part
      where attempts.message_id = messages.message_id) as "attempts"
  from messages
  where messages.message_id = :messageId`;

/** Undefined while the message has no outcome, or when there is no such message. */
export async function findOutcome(knex: Knex, messageId: string): Promise<KnownOutcome | undefined> {
  const [row] = await query<Row>(knex, SQL, { messageId });
  if (row === undefined || row.outcome === null) {
    return undefined;
  }
  const { attempts, corrections, outcome, parentId, redrives } = row;
  return {
    recorded: corrections.find(({ redrive }) => redrive === redrives)?.was ?? outcome,
    current: outcome,
    correctionsMade: corrections.length,
    facts: attempts.map(attemptFacts),
    ...(parentId !== null && { parentId }),
  };
}

function attemptFacts({
  number,
  acknowledge,
  callEvents,
  channel,
  isAtTwilio,
  participants,
  participantSid,
  receipts,
}: AttemptRow): AttemptFacts {
  const events = receipts.map((receipt) => withoutNulls({ ...receipt, at: isoTime(receipt.at) }));
  const common = { number, channel, ...(isAtTwilio && { isAtTwilio }) };
  if (channel === CALL_CHANNEL) {
    return { ...common, ...callProof(callEvents, acknowledge ?? DEFAULT_VOICE_STEP.acknowledge) };
  }
  if (channel !== CONVERSATION_CHANNEL) {
    return { ...common, state: recipientState(events, participantSid ?? undefined) };
  }
  const state = conversationState(
    events,
    participants.map((participant) => participant.participantSid),
  );
  const facts = participants.map((participant) => ({
    ...withoutNulls(participant),
    state: participantState(events, participant.participantSid),
  }));
  return { ...common, state, participants: facts };
}
