import { setTimeout as pause } from 'node:timers/promises';
import { type InboxStore } from '../database/inbox-store';
import { type Logger } from '../telemetry/logger';
import { type TellWorkflow } from './tell-workflow';

export interface RelayDependencies {
  readonly inbox: Pick<InboxStore, 'relayDue'>;
  readonly tellWorkflow: TellWorkflow;
  readonly logger: Logger;
  /** Small things that are to be done now and then; called after each look. Never throws. */
  readonly keepUp?: () => Promise<void>;
}

export interface RelayOptions {
  /** Milliseconds between two looks while little is due. */
  readonly intervalMs: number;
  /** Events of one look. */
  readonly batchSize: number;
}

/** How often a relay looks: the promise is seconds, and a look that finds nothing is one cheap statement. */
export const DEFAULT_RELAY_OPTIONS: RelayOptions = { intervalMs: 1000, batchSize: 50 };

/** A relay that runs until it is stopped. */
export interface Relay {
  /** Resolves when the look under way has ended. */
  stop(): Promise<void>;
}

/**
 * Repeats every stored event that no workflow has shown to have heard, until Temporal has it.
 * An event whose workflow has ended is settled as it is: late truth, kept and shown.
 * Nothing ends the relay but `stop`: what goes wrong is logged and tried again.
 */
export function startRelay(deps: RelayDependencies, options: RelayOptions = DEFAULT_RELAY_OPTIONS): Relay {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const isMoreDue = await look(deps, options.batchSize);
      await deps.keepUp?.();
      if (!isMoreDue) {
        await pause(options.intervalMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** @returns whether there is likely more that can be told at once. */
async function look({ inbox, tellWorkflow, logger }: RelayDependencies, batchSize: number): Promise<boolean> {
  const failures: unknown[] = [];
  try {
    const handedOver = await inbox.relayDue(batchSize, async ({ event, match }) => {
      try {
        await tellWorkflow(event, match);
      } catch (error) {
        failures.push(error);
        throw error;
      }
    });
    if (failures.length > 0) {
      logger.warn(
        { err: failures[0], failed: failures.length, due: handedOver },
        'receipts wait for another try to reach their workflows',
      );
    }
    return handedOver >= batchSize && failures.length === 0;
  } catch (error) {
    logger.warn({ err: error }, 'the relay could not read the inbox and tries again');
    return false;
  }
}
