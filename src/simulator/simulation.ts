import { type Activity } from './activity';
import { type ScriptBook } from './delivery/script-book';
import { type FaultBook } from './faults/fault-book';
import { type Logs } from './logs/logs';
import { type SimulatorOptions } from './simulator-options';
import { type SimulatorState } from './state/simulator-state';
import { type Timers } from './timers';
import { type WebhookDispatcher } from './webhooks/webhook-dispatcher';

/** The parts of one running simulator, passed to whatever works on it. */
export interface Simulation {
  readonly options: SimulatorOptions;
  readonly state: SimulatorState;
  readonly logs: Logs;
  readonly activity: Activity;
  readonly timers: Timers;
  readonly scripts: ScriptBook;
  readonly faults: FaultBook;
  readonly webhooks: WebhookDispatcher;
}
