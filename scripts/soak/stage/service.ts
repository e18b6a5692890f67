import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Environment } from '../../../src/config/environment';
import { CommandEnded, type GuardedProcess, startGuarded } from '../../../src/local/process/guarded-process';
import { waitFor } from '../repeat';
import { type Tally } from '../tally';

const ROOT = path.join(__dirname, '..', '..', '..');
/** What takes longer to end in good order than a person in front would wait is killed. */
const KILL_AFTER_MS = 8_000;
/** As a process manager does. */
const START_AGAIN_AFTER_MS = 500;
/** From the sources a worker bundles the workflows first, on cores that are busy. */
const READY_WITHIN_MS = 120_000;
const ASK_EVERY_MS = 100;

export interface ServiceOptions {
  /** As the person in front reads it: `api 1`. */
  readonly name: string;
  readonly program: 'server' | 'worker';
  readonly environment: Environment;
  /** From `dist`, as in production, instead of from the sources. */
  readonly isBuilt: boolean;
  readonly tally: Tally;
}

/** One of posthorn's processes, which is started again whenever it ends before it is told to. */
export interface Service {
  readonly name: string;
  /**
   * Waits until the process that runs says that it is ready, however often it has to be started.
   * @throws Error with its last output when it has never been ready and ended, or when the time is up.
   */
  ready(): Promise<void>;
  /** Kills it at once (SIGKILL), in the middle of whatever it does; it is started again. Waits until it is dead. */
  kill(): Promise<void>;
  /** Resident memory in MiB; undefined where the system does not tell, and while it is being started. */
  memoryMib(): Promise<number | undefined>;
  stop(): Promise<void>;
}

interface Running {
  readonly guarded: GuardedProcess;
  isReady: boolean;
  processId: number | undefined;
}

/** Starts a service and keeps it up. */
export function startService(options: ServiceOptions): Service {
  const { name, tally } = options;
  const stopping = new AbortController();
  let hasBeenReady = false;
  let killed: Running | undefined;
  let current = launch(options);
  const up = keepUp();

  async function keepUp(): Promise<void> {
    for (;;) {
      const exitCode = await current.guarded.exited;
      if (stopping.signal.aborted) {
        return;
      }
      hasBeenReady ||= current.isReady;
      tally.add(current === killed ? `kill:${name}` : `ended:${name}, exit code ${exitCode}`);
      if (!hasBeenReady) {
        throw new CommandEnded(name, exitCode, current.guarded.lastOutput());
      }
      await waitFor(START_AGAIN_AFTER_MS, stopping.signal);
      current = launch(options);
    }
  }
  async function isReady(): Promise<void> {
    const deadline = performance.now() + READY_WITHIN_MS;
    while (!current.isReady) {
      if (performance.now() > deadline) {
        throw new Error(`${name} was not ready within ${READY_WITHIN_MS} ms:\n${current.guarded.lastOutput()}`);
      }
      await waitFor(ASK_EVERY_MS, stopping.signal);
    }
  }
  up.catch(() => undefined);
  return {
    name,
    ready: () => Promise.race([isReady(), up]),
    kill: async () => {
      const running = current;
      if (running.processId !== undefined && killed !== running) {
        killed = running;
        process.kill(running.processId, 'SIGKILL');
        await running.guarded.exited;
      }
    },
    memoryMib: async () => (current.processId === undefined ? undefined : await residentMib(current.processId)),
    stop: async () => {
      stopping.abort();
      await current.guarded.stop();
      await up.catch(() => undefined);
    },
  };
}

function launch({ program, environment, isBuilt, name, tally }: ServiceOptions): Running {
  const file = isBuilt ? ['dist', 'src', `${program}.js`] : ['src', `${program}.ts`];
  const guarded = startGuarded({
    command: process.execPath,
    args: [...(isBuilt ? [] : ['--import', 'tsx']), path.join(ROOT, ...file)],
    environment: { NODE_ENV: 'production', ...environment },
    workingFolder: ROOT,
    stopSignal: 'SIGTERM',
    killAfterMs: KILL_AFTER_MS,
    removeWhenStopped: [],
    onLine: (line) => hear(parseLine(line)),
  });
  const running: Running = { guarded, isReady: false, processId: undefined };
  const hear = (logged: LogLine | undefined): void => {
    running.processId ??= logged?.pid;
    running.isReady ||= READY.test(logged?.msg ?? '');
    if (logged?.level === PINO_ERROR) {
      tally.add(
        `log:${name.split(' ')[0]}: ${logged.msg}${logged.err === undefined ? '' : ` (${logged.err.message})`}`,
      );
    }
  };
  return running;
}

/** What the processes log when they are ready. */
const READY = /^(API|worker) is running$/;

/** How pino writes the level "error". Source: https://getpino.io/#/docs/api?id=levels */
const PINO_ERROR = 50;

interface LogLine {
  readonly pid: number;
  readonly level: number;
  readonly msg: string;
  readonly err?: { readonly message: string };
}

function parseLine(line: string): LogLine | undefined {
  if (!line.startsWith('{') || !line.endsWith('}')) {
    return undefined;
  }
  return JSON.parse(line) as LogLine;
}

/** Source: proc(5), VmRSS in kB. */
async function residentMib(processId: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8').catch(() => '');
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kib === undefined ? undefined : Math.round(Number(kib) / 1024);
}
