import { setTimeout as pause } from 'node:timers/promises';
import { CommandEnded, type GuardedProcess } from './process/guarded-process';

/** How long a server may take until it serves again, in milliseconds, with the repair of what a crash left. */
const BACK_WITHIN_MS = 60_000;
const TRY_EVERY_MS = 100;

/** A server that can be away for a while: it comes back on its port, with what it has stored. */
export interface Outage {
  /** Ends the server, in good order as an operator does, or at once (SIGKILL) as a crash does. Waits for its end. */
  begin(how: 'orderly' | 'killed'): Promise<void>;
  /** Starts it again and waits until it serves. */
  end(): Promise<void>;
}

export interface RestartableOptions {
  /** It serves already. */
  readonly first: GuardedProcess;
  readonly orderlySignal: NodeJS.Signals;
  /** Starts it once more and waits until it serves. @throws CommandEnded when it ends before */
  readonly launch: () => Promise<GuardedProcess>;
  /** Clears away what the guard of a running server would: for one that is away when all ends. */
  readonly remove: () => Promise<void>;
}

/** Keeps hold of a server over its outages. */
export function createRestartable({ first, launch, orderlySignal, remove }: RestartableOptions): {
  readonly outage: Outage;
  readonly stop: () => Promise<void>;
} {
  let current: GuardedProcess | undefined = first;
  return {
    outage: {
      begin: async (how) => {
        const server = current;
        current = undefined;
        await server?.kill(how === 'killed' ? 'SIGKILL' : orderlySignal);
      },
      end: async () => {
        current ??= await launchAgain(launch);
      },
    },
    stop: () => current?.stop() ?? remove(),
  };
}

/** Processes of a server that was killed may hold its port or its files for a moment longer. */
async function launchAgain(launch: () => Promise<GuardedProcess>): Promise<GuardedProcess> {
  const deadline = performance.now() + BACK_WITHIN_MS;
  for (;;) {
    try {
      return await launch();
    } catch (error) {
      if (!(error instanceof CommandEnded) || performance.now() > deadline) {
        throw error;
      }
    }
    await pause(TRY_EVERY_MS);
  }
}
