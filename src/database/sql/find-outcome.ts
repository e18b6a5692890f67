import { type Knex } from 'knex';
import { type AttemptFacts } from '../../domain/correct-outcome';
import { type DeliveryEvent } from '../../domain/delivery-event';
import { recipientState } from '../../domain/recipient-state';
import { type MessageChannel } from '../../domain/channel';
import { type Outcome } from '../../domain/outcome';
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
}

interface AttemptRow {
  readonly number: number;
  readonly channel: MessageChannel;
  readonly participantSid: ParticipantSid | null;
  readonly receipts: readonly ReceiptRow[];
}

type ReceiptRow = Pick<DeliveryEvent, 'status' | 'at'> & {
  readonly participantSid: ParticipantSid | null;
  readonly errorCode: number | null;
};

interface Row {
  readonly outcome: Outcome | null;
  readonly corrections: readonly CorrectionJson[];
  readonly attempts: readonly AttemptRow[];
}

const SQL = `
  select messages.outcome as "outcome", ${CORRECTIONS_COLUMN},
    (select coalesce(jsonb_agg(jsonb_build_object('number', attempts.number, 'channel', attempts.channel,
        'participantSid', attempts.participant_sid, 'receipts', told.receipts) order by attempts.number), '[]')
      from attempts cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('status', delivery_events.status, 'at', delivery_events.at,
          'participantSid', delivery_events.participant_sid, 'errorCode', delivery_events.error_code)), '[]') as receipts
        from delivery_events where delivery_events.message_sid = attempts.message_sid
      ) told
      where attempts.message_id = messages.message_id) as "attempts"
  from messages
  where messages.message_id = :messageId`;

/** Undefined while the message has no outcome, or when there is no such message. */
export async function findOutcome(knex: Knex, messageId: string): Promise<KnownOutcome | undefined> {
  const [row] = await query<Row>(knex, SQL, { messageId });
  if (row === undefined || row.outcome === null) {
    return undefined;
  }
  const { attempts, corrections, outcome } = row;
  return {
    recorded: corrections[0]?.was ?? outcome,
    current: outcome,
    correctionsMade: corrections.length,
    facts: attempts.map(attemptFacts),
  };
}

function attemptFacts({ number, channel, participantSid, receipts }: AttemptRow): AttemptFacts {
  const events = receipts.map((receipt) => withoutNulls({ ...receipt, at: isoTime(receipt.at) }));
  return { number, channel, state: recipientState(events, participantSid ?? undefined) };
}
