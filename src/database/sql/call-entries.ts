import { type CallEvent } from '../../domain/call-event';
import { isoTime } from '../rows';
import { type TimelineEntry } from '../timeline';

/** What was told of a call, as `CALL_EVENTS_COLUMN` has it. */
export interface CallEventJson {
  readonly attempt: number;
  readonly event: CallEvent;
  readonly receivedAt: string;
}

/** Column `callEvents`, a list of `CallEventJson`, for a select that has the table `messages`. */
export const CALL_EVENTS_COLUMN = `
    (select coalesce(jsonb_agg(jsonb_build_object('attempt', told.attempt, 'event', told.event, 'receivedAt', told.received_at)
        order by told.received_at, told.event ->> 'at', told.event_id), '[]')
      from call_events told where told.message_id = messages.message_id) as "callEvents"`;

/** What was told of a call in the timeline: where it arrived, as a receipt does. */
export function callEntry({ attempt, event, receivedAt }: CallEventJson): TimelineEntry {
  const { at, callSid } = event;
  return { at: isoTime(receivedAt), kind: 'call', attempt, detail: { ...toldIn(event), callSid, toldAt: at } };
}

function toldIn(event: CallEvent): Readonly<Record<string, string | number>> {
  switch (event.kind) {
    case 'key':
      return { key: event.key };
    case 'answered_by':
      return { answeredBy: event.answeredBy };
    case 'dialled':
      return { connection: event.wasTaken ? 'taken' : 'not_taken' };
    case 'status': {
      const { answeredBy, durationSeconds, status } = event;
      return {
        status,
        ...(answeredBy !== undefined && { answeredBy }),
        ...(durationSeconds !== undefined && { durationSeconds }),
      };
    }
  }
}
