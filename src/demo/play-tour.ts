import { type SimulatorControl } from '../simulator/control/simulator-control';
import { type DemoDoctor } from './demo-doctor';
import { createPosthornApi } from './posthorn-api';
import { playScenario, type ScenarioResult } from './play-scenario';
import { type Scenario } from './scenario';

export interface TourOptions {
  readonly scenarios: readonly Scenario[];
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly doctor: DemoDoctor;
  readonly simulator: SimulatorControl;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Plays all scenarios at once; each has phone numbers of its own, so none is in another's way. */
export async function playTour(options: TourOptions): Promise<readonly ScenarioResult[]> {
  const { apiKey, apiUrl, doctor, say, scenarios, signal, simulator } = options;
  const api = createPosthornApi({ url: apiUrl, apiKey, signal });
  const parts = { api, doctor, simulator, signal, say };
  return await Promise.all(scenarios.map((scenario) => playScenario(scenario, parts)));
}
