import { type Instructions } from '../entities/call';
import { type Gather } from '../twiml/verb';
import { callSecondsMs, waitInCall } from './call-time';
import { logCall } from './change-call';
import { type Stage, hear, promptMs } from './stage';
import { urlFrom } from './url-from';

/** Keys as they come in. */
interface Pressed {
  readonly digits: string;
  /** Whether nothing more is waited for: enough keys, or the one that finishes. */
  readonly isComplete: boolean;
}

/**
 * Plays what is to be heard and waits for keys, which cut it short.
 * @returns where the document leads with them; null when it goes on because nobody pressed any in time
 */
export async function playGather(stage: Stage, gather: Gather): Promise<Instructions | null> {
  const { call, simulation, signal } = stage;
  const { fate } = call.script;
  const number = call.gathers;
  call.gathers += 1;
  const keys = fate.kind === 'human' ? (fate.keys[number] ?? '') : '';
  const keyAfterMs = fate.kind === 'human' ? fate.keyAfterMs : 0;
  const timeoutMs = callSecondsMs(call, gather.timeoutSeconds);
  const patienceMs = gather.prompts.reduce((total, prompt) => total + promptMs(stage, prompt), timeoutMs);
  for (const prompt of gather.prompts) {
    if (prompt.kind === 'say') {
      hear(stage, 'said', prompt.text);
    }
  }
  const isPressed = keys !== '' && keyAfterMs < patienceMs;
  if (!(await waitInCall(simulation, signal, isPressed ? keyAfterMs : patienceMs))) {
    return null;
  }
  if (!isPressed) {
    return gather.actionOnEmptyResult ? answer(stage, gather, '') : null;
  }
  const { digits, isComplete } = take(keys, gather);
  hear(stage, 'pressed', keys);
  logCall(simulation, call, 'call.keys_pressed', { digits });
  if (!isComplete && !(await waitInCall(simulation, signal, timeoutMs))) {
    return null;
  }
  return answer(stage, gather, digits);
}

function take(keys: string, { numDigits, finishOnKey }: Gather): Pressed {
  const end = finishOnKey === '' ? -1 : Array.from(keys).findIndex((key) => finishOnKey.includes(key));
  const before = end === -1 ? keys : keys.slice(0, end);
  const isEnough = numDigits !== null && before.length >= numDigits;
  return { digits: isEnough ? before.slice(0, numDigits) : before, isComplete: isEnough || end !== -1 };
}

function answer(stage: Stage, { action, method }: Gather, digits: string): Instructions {
  return urlFrom(stage, action ?? stage.url, method, { Digits: digits, msg: 'Gather End' });
}
