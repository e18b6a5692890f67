import { type CallStatusEvent } from '../src/domain/call-event';
import { type CallSnapshot } from '../src/twilio/voice-gateway';
import { statusEventId } from '../src/twilio/voice-webhook';

/** What Twilio's API says of a call, as an event. */
export function callStatus({ answeredBy, callSid, durationSeconds, status, updatedAt }: CallSnapshot): CallStatusEvent {
  return {
    kind: 'status',
    eventId: statusEventId(callSid, status),
    callSid,
    at: updatedAt,
    status,
    ...(answeredBy === undefined ? {} : { answeredBy }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
  };
}
