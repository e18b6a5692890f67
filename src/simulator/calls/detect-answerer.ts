import { type Call, type MachineDetection } from '../entities/call';
import { type Simulation } from '../simulation';
import { type AnsweredBy, type AnsweredFate } from './call-script';
import { detectionWebhook } from './call-webhooks';
import { waitInCall } from './call-time';
import { addMoment, logCall } from './change-call';

/**
 * Plays machine detection where it was asked for.
 * @returns whether it came to an end, at once when nobody asked for it
 */
export async function detectAnswerer(simulation: Simulation, call: Call, fate: AnsweredFate): Promise<boolean> {
  const { machineDetection } = call;
  if (machineDetection === null) {
    return true;
  }
  if (!(await waitInCall(simulation, call.ended.signal, fate.detectionMs))) {
    return false;
  }
  const answeredBy = detected(machineDetection.mode, fate.detectedAs);
  call.answeredBy = answeredBy;
  addMoment(call, 'detected', answeredBy);
  logCall(simulation, call, 'call.answered_by', { answeredBy });
  const { isAsync, callback } = machineDetection;
  if (isAsync && callback !== null) {
    void call.teller.tell(detectionWebhook(simulation.state.accountSid, call, callback, fate.detectionMs));
  }
  return true;
}

/** `Enable` answers as soon as a machine is heard, before its message ends. */
function detected(mode: MachineDetection['mode'], answeredBy: AnsweredBy): AnsweredBy {
  return mode === 'Enable' && answeredBy.startsWith('machine_end') ? 'machine_start' : answeredBy;
}
