import { type CallInstance } from 'twilio/lib/rest/api/v2010/account/call';
import { parseSid } from '../domain/sid';
import { compact } from './compact';
import { type CallSnapshot } from './voice-gateway';

/** A call of the SDK's as the gateway tells it. */
export function toCallSnapshot(call: CallInstance): CallSnapshot {
  // The SDK leaves out that they are null for as long as they are not known.
  const answeredBy = call.answeredBy as string | null;
  const duration = call.duration as string | null;
  const created = call.dateCreated as Date | null;
  const updated = call.dateUpdated as Date | null;
  return {
    callSid: parseSid(call.sid, 'CA'),
    status: call.status,
    createdAt: (created ?? new Date()).toISOString(),
    updatedAt: (updated ?? new Date()).toISOString(),
    ...compact({
      answeredBy: answeredBy ?? undefined,
      durationSeconds: duration === null ? undefined : Number(duration),
    }),
  };
}
