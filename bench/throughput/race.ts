import { type DeliveryScriptInput } from '../../src/simulator/delivery/delivery-script';
import { type Contender } from '../statistics/alternate';
import { deliverAll, type Delivered } from './deliver-all';
import { type Rival } from './rival';

/** How many workflows of a round have their histories looked at. */
const SAMPLE_SIZE = 10;

export interface RaceOptions {
  readonly rival: Rival;
  /** Who gets a message in the next round. */
  readonly recipients: () => readonly string[];
  readonly script: DeliveryScriptInput;
  readonly inFlight: number;
}

export interface RaceRound extends Delivered {
  /** Some of the workflows, for a look at what they did. */
  readonly workflowIds: readonly string[];
  /** Milliseconds of processor time for one message, by process. */
  readonly processorMs: Readonly<Record<string, number>>;
}

/** A rival under certain conditions, which can be measured again and again. */
export function createRace(name: string, { inFlight, recipients, rival, script }: RaceOptions): Contender<RaceRound> {
  return {
    name,
    run: async () => {
      await rival.setScript(script);
      const workflowIds: string[] = [];
      const processorTimeBefore = await processorTime(rival);
      const delivered = await deliverAll(recipients(), inFlight, (recipient) =>
        rival.deliver(recipient, (workflowId) => workflowIds.push(workflowId)),
      );
      // From the middle, where as many were in flight as ever.
      const middle = Math.floor(workflowIds.length / 2);
      return {
        ...delivered,
        workflowIds: workflowIds.slice(middle, middle + SAMPLE_SIZE),
        processorMs: perMessage(processorTimeBefore, await processorTime(rival), workflowIds.length),
      };
    },
  };
}

async function processorTime({ processes }: Rival): Promise<Record<string, number>> {
  const times = await Promise.all(
    Object.entries(processes).map(async ([name, process]) => [name, await process.processorTimeMs()] as const),
  );
  return Object.fromEntries(times);
}

function perMessage(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  messages: number,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([process, ms]) => [process, (ms - (before[process] ?? 0)) / messages]),
  );
}
