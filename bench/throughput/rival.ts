import { type RunningPart } from '../process/start-part';
import { type DeliveryScriptInput } from '../../src/simulator/delivery/delivery-script';

/** One of the ways to get a message delivered that are compared. */
export interface Rival {
  /** Its processes by name. */
  readonly processes: Readonly<Record<string, Pick<RunningPart<unknown>, 'processorTimeMs'>>>;
  /** Makes what follows play the script, if it has a simulator. */
  setScript(script: DeliveryScriptInput): Promise<void>;
  /** Starts one and waits for its outcome. `onStarted` is told its workflow id. */
  deliver(recipient: string, onStarted: (workflowId: string) => void): Promise<string>;
}
