import { type Call } from '../entities/call';
import { type Simulation } from '../simulation';
import { type AnsweredFate } from './call-script';
import { callSecondsMs, waitInCall } from './call-time';
import { advanceCall } from './change-call';
import { detectAnswerer } from './detect-answerer';
import { cancelCall, endCall, hangUp } from './end-call';
import { playInstructions } from './play-instructions';

/** What a carrier says when nobody answers, RFC 3261 section 21. */
const SIP_BUSY = 486;
const SIP_NO_ANSWER = 480;

/** Plays a call from the queue to its end, as its script says. */
export async function playCall(simulation: Simulation, call: Call): Promise<void> {
  const { script, ended } = call;
  const { fate } = script;
  const wait = (delayMs: number): Promise<boolean> => waitInCall(simulation, ended.signal, delayMs);
  if (!(await wait(script.queueMs))) {
    return;
  }
  advanceCall(simulation, call, 'initiated');
  if (!(await wait(script.dialMs))) {
    return;
  }
  if (fate.kind === 'failed') {
    endCall(simulation, call, { status: 'failed', sipResponseCode: fate.sipResponseCode });
    return;
  }
  if (fate.kind === 'busy') {
    endCall(simulation, call, { status: 'busy', sipResponseCode: SIP_BUSY });
    return;
  }
  advanceCall(simulation, call, 'ringing');
  const ringTimeoutMs = callSecondsMs(call, call.ringTimeoutSeconds);
  const ringsOut = fate.kind === 'no-answer' || script.ringMs >= ringTimeoutMs;
  if (!(await wait(ringsOut ? ringTimeoutMs : script.ringMs))) {
    return;
  }
  if (ringsOut) {
    endCall(simulation, call, { status: 'no-answer', sipResponseCode: SIP_NO_ANSWER });
  } else if (fate.kind === 'canceled') {
    cancelCall(simulation, call);
  } else {
    await answerCall(simulation, call, fate);
  }
}

async function answerCall(simulation: Simulation, call: Call, fate: AnsweredFate): Promise<void> {
  advanceCall(simulation, call, 'in-progress');
  void hangUpAfter(simulation, call, callSecondsMs(call, call.timeLimitSeconds));
  if (fate.hangUpAfterMs !== undefined) {
    void hangUpAfter(simulation, call, fate.hangUpAfterMs);
  }
  const detection = detectAnswerer(simulation, call, fate);
  // Only asynchronous detection lets the call go on meanwhile.
  if (call.machineDetection?.isAsync === false && !(await detection)) {
    return;
  }
  await playInstructions(simulation, call, call.instructions);
}

async function hangUpAfter(simulation: Simulation, call: Call, delayMs: number): Promise<void> {
  if (await waitInCall(simulation, call.ended.signal, delayMs)) {
    hangUp(simulation, call);
  }
}
