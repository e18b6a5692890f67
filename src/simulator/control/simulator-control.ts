import { type InboundResult, receiveInbound } from '../actions/receive-inbound';
import {
  type AddressScriptsInput,
  type DeliveryScript,
  type DeliveryScriptInput,
  addressScriptsSchema,
  deliveryScriptSchema,
} from '../delivery/delivery-script';
import { type AddressScripts } from '../delivery/script-book';
import { type DeliveryReceipt } from '../entities/delivery-receipt';
import { type FaultInput, type PlacedFault, faultSchema } from '../faults/fault';
import { type LogRange, type Logged } from '../logs/bounded-log';
import { type RequestRecord } from '../logs/request-record';
import { type SimulatorEvent } from '../logs/simulator-event';
import { type WebhookRecord } from '../logs/webhook-record';
import { type Simulation } from '../simulation';
import { clearTraffic } from '../state/simulator-state';
import { ControlError, checked } from './control-error';
import { type InboundInput, type ReceiptUpdateInput, inboundSchema } from './control-schemas';
import { type Snapshot, type SnapshotFilter, takeSnapshot } from './snapshot';
import { updateReceipt } from './update-receipt';

/** Scripts, faults and a look inside. The HTTP control API and in-process callers use the same. */
export interface SimulatorControl {
  /** Sets what becomes of the next messages to an address, in place of what was set before. @throws ControlError */
  scriptAddress(scripts: AddressScriptsInput): void;
  /** Sets what becomes of messages to addresses without scripts. @throws ControlError */
  setDefaultScript(script: DeliveryScriptInput): void;
  scripts(): { readonly defaultScript: DeliveryScript; readonly addresses: readonly AddressScripts[] };
  clearScripts(): void;
  /** @throws ControlError */
  addFault(fault: FaultInput): PlacedFault;
  faults(): PlacedFault[];
  /** @throws ControlError 404 when it is not in force (any more) */
  removeFault(faultId: number): void;
  clearFaults(): void;
  /** A person writes. @throws ControlError 409 when no open conversation has the pair and it is no opt-out word */
  receiveInbound(inbound: InboundInput): InboundResult;
  /** Changes a receipt by hand, and has it told. Resolves once it is told. @throws ControlError */
  updateReceipt(update: ReceiptUpdateInput): Promise<DeliveryReceipt>;
  snapshot(filter?: SnapshotFilter): Snapshot;
  requests(range?: LogRange): Logged<RequestRecord>[];
  webhooks(range?: LogRange): Logged<WebhookRecord>[];
  events(range?: LogRange): Logged<SimulatorEvent>[];
  /** Resolves when no script step, no delay and no webhook is outstanding. */
  whenIdle(): Promise<void>;
  /** Forgets traffic, scripts, faults and logs, and drops what is outstanding; services and webhook configurations stay. */
  reset(): void;
}

/** The control of one simulation. */
export function createControl(simulation: Simulation): SimulatorControl {
  const { scripts, faults, logs, state, timers } = simulation;
  return {
    scriptAddress(input) {
      const { address, scripts: counted } = checked(addressScriptsSchema, input);
      scripts.set(address, counted);
    },
    setDefaultScript: (input) => scripts.setDefault(checked(deliveryScriptSchema, input)),
    scripts: () => ({ defaultScript: scripts.defaultScript(), addresses: scripts.list() }),
    clearScripts: () => scripts.clear(),
    addFault: (input) => ({ ...faults.add(checked(faultSchema, input)) }),
    faults: () => faults.list(),
    removeFault(faultId) {
      if (!faults.remove(faultId)) {
        throw new ControlError(404, `faultId: no fault ${faultId} is in force; list them to see which are`);
      }
    },
    clearFaults: () => faults.clear(),
    receiveInbound: (input) => checkedInbound(simulation, input),
    updateReceipt: (input) => updateReceipt(simulation, input),
    snapshot: (filter) => takeSnapshot(state, filter),
    requests: (range) => logs.requests.entries(range),
    webhooks: (range) => logs.webhooks.entries(range),
    events: (range) => logs.events.entries(range),
    whenIdle: () => simulation.activity.whenIdle(),
    reset() {
      timers.clear();
      clearTraffic(state);
      scripts.clear();
      faults.clear();
      logs.requests.clear();
      logs.webhooks.clear();
      logs.events.clear();
    },
  };
}

function checkedInbound(simulation: Simulation, input: InboundInput): InboundResult {
  const result = receiveInbound(simulation, checked(inboundSchema, input));
  if (result.message === null && result.optOut === null) {
    throw new ControlError(
      409,
      'from, to: no open conversation has this participant address and proxy address; create one first, ' +
        'or check which of the two is the person (from) and which the account (to)',
    );
  }
  return result;
}
