import { type Account, type AccountInput } from '../account/account-schema';
import { type InboundResult, receiveInbound } from '../actions/receive-inbound';
import {
  type AddressScriptsInput,
  type CountedScript,
  type DeliveryScript,
  type DeliveryScriptInput,
  addressScriptsSchema,
  deliveryScriptSchema,
} from '../delivery/delivery-script';
import { type ScriptsOfAddress } from '../delivery/script-book';
import { type DeliveryReceipt } from '../entities/delivery-receipt';
import { type FaultInput, type PlacedFault, faultSchema } from '../faults/fault';
import { type LogRange, type Logged } from '../logs/bounded-log';
import { type RequestRecord } from '../logs/request-record';
import { type SimulatorEvent } from '../logs/simulator-event';
import { type WebhookRecord } from '../logs/webhook-record';
import { type Simulation } from '../simulation';
import { clearTraffic } from '../state/simulator-state';
import { type CallControl, createCallControl } from './call-control';
import { ControlError, checked } from './control-error';
import { type InboundInput, type ReceiptUpdateInput, inboundSchema } from './control-schemas';
import { type Snapshot, type SnapshotFilter, takeSnapshot } from './snapshot';
import { updateReceipt } from './update-receipt';

/** What is still to be played at one address. */
export interface AddressScripts {
  readonly address: string;
  readonly scripts: readonly CountedScript[];
}

/** Scripts, faults and a look inside. The HTTP control API and in-process callers use the same. */
export interface SimulatorControl extends CallControl {
  /** Sets what becomes of the next messages to an address, in place of what was set before. @throws ControlError */
  scriptAddress(scripts: AddressScriptsInput): void;
  /** Sets what becomes of messages to addresses without scripts. @throws ControlError */
  setDefaultScript(script: DeliveryScriptInput): void;
  scripts(): { readonly defaultScript: DeliveryScript; readonly addresses: readonly AddressScripts[] };
  /** Those of calls too. */
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
  account(): Account;
  /** Changes the named parts of the account, each as a whole. @throws ControlError */
  changeAccount(parts: AccountInput): void;
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
  const { accountBook, scripts, faults, logs, state, timers } = simulation;
  return {
    ...createCallControl(simulation),
    scriptAddress(input) {
      const { address, scripts: counted } = checked(addressScriptsSchema, input);
      scripts.set(
        address,
        counted.map(({ messages: count, script }) => ({ count, script })),
      );
    },
    setDefaultScript: (input) => scripts.setDefault(checked(deliveryScriptSchema, input)),
    scripts: () => ({ defaultScript: scripts.defaultScript(), addresses: scripts.list().map(toAddressScripts) }),
    clearScripts() {
      scripts.clear();
      simulation.callScripts.clear();
    },
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
    account: () => accountBook.account,
    changeAccount: (parts) => accountBook.change(parts),
    snapshot: (filter) => takeSnapshot(state, filter),
    requests: (range) => logs.requests.entries(range),
    webhooks: (range) => logs.webhooks.entries(range),
    events: (range) => logs.events.entries(range),
    whenIdle: () => simulation.activity.whenIdle(),
    reset() {
      timers.clear();
      clearTraffic(state);
      scripts.clear();
      simulation.callScripts.clear();
      faults.clear();
      logs.requests.clear();
      logs.webhooks.clear();
      logs.events.clear();
    },
  };
}

function toAddressScripts({ address, scripts }: ScriptsOfAddress<DeliveryScript>): AddressScripts {
  return { address, scripts: scripts.map(({ count: messages, script }) => ({ messages, script })) };
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
