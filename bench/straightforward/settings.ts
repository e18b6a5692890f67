import { type LocalCredentials } from '../../src/local/local-credentials';
import { type BenchWorkerSettings } from '../throughput/bench-worker-settings';

/** What both processes of the straightforward job need to know. */
export interface StraightforwardSettings extends BenchWorkerSettings {
  readonly databaseUrl: string;
  readonly twilio: LocalCredentials['twilio'];
}

export interface StraightforwardWorkerSettings extends StraightforwardSettings {
  /** Base URL of the simulator. */
  readonly twilioUrl: string;
}
