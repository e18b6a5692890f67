import { type CallSnapshot } from '../simulator/control/call-control';
import { type SimulatorControl } from '../simulator/control/simulator-control';
import { type Stage } from './stage';

/** The calls to a number once they are over: what ends a message may come before the end of its call. */
export async function callsAtTwilio(
  stage: Stage,
  simulator: SimulatorControl,
  address: string,
): Promise<readonly CallSnapshot[]> {
  return await stage.until('the phone is silent', () => {
    const calls = simulator.calls({ to: address });
    return calls.every(({ endedAt }) => endedAt !== null) ? calls : undefined;
  });
}

/** What became of a call, by Twilio's own account: `call: completed by human, pressed 1`. */
export function describeCall({ answeredBy, lines, status }: CallSnapshot): string {
  const by = answeredBy === null ? '' : ` by ${answeredBy}`;
  const keys = lines.filter(({ kind }) => kind === 'pressed').map(({ text }) => `, pressed ${text}`);
  return `call: ${status}${by}${keys.join('')}`;
}

/** What a call ended with: `last said: …`. */
export function describeLastWords({ lines }: CallSnapshot): string {
  return `last said: ${lines.findLast(({ kind }) => kind === 'said')?.text ?? 'nothing'}`;
}
