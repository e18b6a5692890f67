import { type CallScriptInput } from '../../../src/simulator/calls/call-script';
import { type CallSnapshot } from '../../../src/simulator/control/call-control';
import { type SimulatorControl } from '../../../src/simulator/control/simulator-control';
import { PERSON } from './identifiers';

/** Scripts the next calls to a person; a second of a call takes a millisecond. */
export function scriptCall(
  control: SimulatorControl,
  fate: CallScriptInput['fate'],
  rest: Partial<CallScriptInput> = {},
): void {
  control.scriptCalls({ to: PERSON, scripts: [{ calls: 'all', script: { fate, secondMs: 1, ...rest } }] });
}

/** The call as it is; fails when there is none. */
export function callOf(control: SimulatorControl, callSid: string): CallSnapshot {
  const [call] = control.calls({ callSid });
  if (call === undefined) {
    throw new Error(`there is no call ${callSid}`);
  }
  return call;
}

/** What was heard on a line, such as `said: Hello` and `pressed: 1`. */
export function heard({ lines }: CallSnapshot): string[] {
  return lines.map(({ kind, text }) => `${kind}: ${text}`);
}
