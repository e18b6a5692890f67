import { type Call } from '../entities/call';
import { type Simulation } from '../simulation';

/** Twilio's longest call: four hours, by default. */
const LONGEST_SECONDS = 4 * 60 * 60;

/**
 * Waits, in milliseconds.
 * @param signal whose abortion cuts it short
 * @returns whether the time is over and the call still goes on
 */
export function waitInCall(simulation: Simulation, signal: AbortSignal, delayMs: number): Promise<boolean> {
  return delayMs === 0 ? Promise.resolve(!signal.aborted) : simulation.timers.sleep(delayMs, signal);
}

/** Milliseconds that so many seconds of the call take. */
export function callSecondsMs({ script }: Call, seconds: number): number {
  return Math.min(seconds, LONGEST_SECONDS) * script.secondMs;
}
