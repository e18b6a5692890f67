import { type AccountBook } from './account/account-book';
import { type Activity } from './activity';
import { type CallRequests } from './calls/call-requests';
import { type CallScript } from './calls/call-script';
import { type DeliveryScript } from './delivery/delivery-script';
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
  readonly accountBook: AccountBook;
  readonly logs: Logs;
  readonly activity: Activity;
  readonly timers: Timers;
  readonly scripts: ScriptBook<DeliveryScript>;
  readonly callScripts: ScriptBook<CallScript>;
  readonly faults: FaultBook;
  readonly webhooks: WebhookDispatcher;
  readonly callRequests: CallRequests;
}
