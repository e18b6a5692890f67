import { isDeepStrictEqual } from 'node:util';
import { type SimulatorControl } from '../simulator/control/simulator-control';
import { type DemoDoctor } from './demo-doctor';
import { type PosthornApi } from './posthorn-api';
import { type Scenario } from './scenario';
import { createStage, type SentMessage } from './stage';

/** How a scenario went. */
export interface ScenarioResult {
  readonly title: string;
  readonly expected: readonly string[];
  readonly happened: readonly string[];
  readonly agrees: boolean;
  readonly sent: readonly SentMessage[];
  /** What is to be read in full, below the table. */
  readonly shown: readonly string[];
}

export interface PlayOptions {
  readonly api: PosthornApi;
  readonly doctor: DemoDoctor;
  readonly simulator: SimulatorControl;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * Plays one scenario from an empty ledger. What goes wrong on the way is what happened.
 * @throws the reason of `signal` when that is aborted.
 */
export async function playScenario(scenario: Scenario, options: PlayOptions): Promise<ScenarioResult> {
  const { api, doctor, signal, simulator } = options;
  const { title, expected, recipients } = scenario;
  const say = (line: string): void => options.say(`${title}: ${line}`);
  const stage = createStage({ api, doctor, signal, say });
  let happened: readonly string[];
  try {
    await Promise.all(recipients.map((address) => forgetOptOuts(api, address)));
    happened = await scenario.play(stage, simulator);
  } catch (error) {
    happened = [error instanceof Error ? error.message : String(error)];
  }
  // What came of a scenario that was broken off says nothing.
  signal.throwIfAborted();
  const agrees = isDeepStrictEqual(happened, expected);
  say(agrees ? 'as expected' : 'NOT as expected');
  return { title, expected, happened, agrees, sent: stage.sent, shown: stage.shown };
}

/** A database that outlives the tour still has the opt-outs of the last one. */
async function forgetOptOuts(api: PosthornApi, address: string): Promise<void> {
  const { optedOut } = await api.showOptOut(address);
  if (optedOut) {
    await api.liftOptOut(address, 'the tour starts afresh');
  }
}
