import { type SimulatorControl } from '../simulator/control/simulator-control';
import { type Stage } from './stage';

/** One story of the tour: what is played, and what has to come of it. */
export interface Scenario {
  readonly title: string;
  /** The phone numbers of +1 202 555 01xx that are written to; no other scenario has them. */
  readonly recipients: readonly string[];
  /** What has to happen, line by line, in the words that `play` returns. */
  readonly expected: readonly string[];
  /** Has the simulator behave, sends as a service would, and returns what happened. */
  readonly play: (stage: Stage, simulator: SimulatorControl) => Promise<readonly string[]>;
}
