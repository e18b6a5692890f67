import { type Call, type EndedCallStatus } from '../entities/call';
import { type Simulation } from '../simulation';
import { addMoment, logCall, tellStatus } from './change-call';

/** What a carrier says, RFC 3261 section 21. */
const SIP_OK = 200;
const SIP_CANCELED = 487;

/** How a call ended. */
export interface CallEnd {
  readonly status: EndedCallStatus;
  /** What the carrier said, RFC 3261. */
  readonly sipResponseCode: number;
}

/** Ends a call, has it told, and stops whatever is being played. A call ends once: later ends do nothing. */
export function endCall(simulation: Simulation, call: Call, { status, sipResponseCode }: CallEnd): void {
  if (call.endedAt !== null) {
    return;
  }
  const at = new Date();
  const talkedMs = call.answeredAt === null ? 0 : at.getTime() - call.answeredAt.getTime();
  call.updatedAt = at;
  call.endedAt = at;
  call.status = status;
  call.sipResponseCode = sipResponseCode;
  call.durationSeconds = Math.ceil(talkedMs / call.script.secondMs);
  const { durationSeconds, answeredBy } = call;
  addMoment(call, 'ended', call.answeredAt === null ? status : `${status} after ${durationSeconds} s`);
  logCall(simulation, call, 'call.ended', { status, sipResponseCode, durationSeconds, answeredBy });
  tellStatus(simulation, call, 'completed', status, at);
  call.teller.finish();
  call.ended.abort();
  call.playing.abort();
}

/** Ends a call that nobody has answered. */
export function cancelCall(simulation: Simulation, call: Call): void {
  endCall(simulation, call, { status: 'canceled', sipResponseCode: SIP_CANCELED });
}

/** Ends a call that somebody has answered. */
export function hangUp(simulation: Simulation, call: Call): void {
  endCall(simulation, call, { status: 'completed', sipResponseCode: SIP_OK });
}
