import { type Environment } from '../config/environment';
import { type GuardedProcess, startGuarded } from '../local/process/guarded-process';
import { runCommand } from '../local/process/run-command';

/** Longer than a service gives itself to end what is under way in development. */
const KILL_AFTER_MS = 10_000;

export interface DevServicesOptions {
  /** The checkout. */
  readonly root: string;
  /** All that setup, API and worker see of the environment, besides `.env`. */
  readonly environment: Environment;
  /** Gives up a setup that is under way. */
  readonly signal: AbortSignal;
  /** Told of each line that they print. */
  readonly print: (line: string) => void;
  readonly say: (line: string) => void;
}

/** API and worker as processes of their own, from the sources. */
export interface DevServices {
  /** Stops what runs, makes the database ready and starts all anew. Never rejects: what goes wrong is said. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Nothing is started before the first `restart`. */
export function createDevServices(options: DevServicesOptions): DevServices {
  let running: readonly GuardedProcess[] = [];

  const stop = async (): Promise<void> => {
    const services = running;
    running = [];
    await Promise.all(services.map((service) => service.stop()));
  };
  const start = (name: string, file: string): GuardedProcess => {
    const service = startFromSource(options, file);
    void service.exited.then((exitCode) => {
      if (running.includes(service)) {
        options.say(`The ${name} ended with exit code ${exitCode}; it starts again after the next change.`);
      }
    });
    return service;
  };
  return {
    stop,
    async restart() {
      await stop();
      try {
        await setUp(options);
        options.signal.throwIfAborted();
        running = [start('API', 'src/server.ts'), start('worker', 'src/worker.ts')];
        await Promise.all(running.map((service) => service.ready));
      } catch (error) {
        if (!options.signal.aborted) {
          options.say(error instanceof Error ? error.message : String(error));
        }
      }
    },
  };
}

function startFromSource({ root, environment, print }: DevServicesOptions, file: string): GuardedProcess {
  return startGuarded({
    command: process.execPath,
    args: ['--import', 'tsx', file],
    environment,
    workingFolder: root,
    stopSignal: 'SIGTERM',
    killAfterMs: KILL_AFTER_MS,
    removeWhenStopped: [],
    onLine: print,
    isReadyLine: (line) => line.includes(' is running'),
  });
}

/** A change may have brought a migration. */
async function setUp({ root, environment, signal }: DevServicesOptions): Promise<void> {
  await runCommand({
    command: process.execPath,
    args: ['--import', 'tsx', 'src/cli/main.ts', 'setup'],
    environment,
    workingFolder: root,
    signal,
  });
}
