import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Environment } from '../../config/environment';
import { guardProgram, type GuardOrder } from './guard-program';

/** Lines of output that are kept for error messages. */
const KEPT_LINES = 30;

/** A command to run under a guard. */
export interface GuardedCommand extends GuardOrder {
  /** All that the command sees; nothing is inherited, so secrets of ours stay ours. */
  readonly environment: Environment;
  /** Told of each line that the command prints on either stream. */
  readonly onLine?: (line: string) => void;
  /** Recognises the line that says "ready". */
  readonly isReadyLine?: (line: string) => boolean;
}

/** A running command that cannot outlive this process. */
export interface GuardedProcess {
  /** Fulfilled by the first ready line; rejected with CommandEnded when the command ends before. */
  readonly ready: Promise<void>;
  /** Fulfilled with the exit code once the command and its guard have ended and all output was read. */
  readonly exited: Promise<number>;
  /** The last lines that were printed, for error messages. */
  lastOutput(): string;
  /** Sends the command a signal that ends it, and waits for its end. Its folders stay, for it to be started again. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Stops the command and waits for its end; may be called again. */
  stop(): Promise<void>;
}

/** A command ended before it was ready. */
export class CommandEnded extends Error {
  override readonly name = 'CommandEnded';

  /** The last lines that the command printed. */
  readonly output: string;

  constructor(command: string, exitCode: number, output: string) {
    super(`${command} ended with exit code ${exitCode} and printed${output === '' ? ' nothing' : `:\n${output}`}`);
    this.output = output;
  }
}

/** Starts a command under a guard of its own, in a process group of its own: Ctrl-C reaches only us. */
export function startGuarded(command: GuardedCommand): GuardedProcess {
  const { environment, onLine, isReadyLine, ...order } = command;
  const guard = spawn(process.execPath, ['--eval', guardProgram, JSON.stringify(order)], {
    cwd: order.workingFolder,
    env: { ...environment },
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const kept: string[] = [];
  const lastOutput = (): string => kept.join('\n');
  let markReady: () => void = () => undefined;

  const hear = (line: string): void => {
    kept.push(line);
    kept.splice(0, kept.length - KEPT_LINES);
    onLine?.(line);
    if (isReadyLine?.(line) === true) {
      markReady();
    }
  };
  createInterface({ input: guard.stdout }).on('line', hear);
  createInterface({ input: guard.stderr }).on('line', hear);
  // The pipe breaks when the guard ends first; its end is what we wait for anyway.
  guard.stdin.on('error', () => undefined);

  const exited = new Promise<number>((resolve, reject) => {
    guard.once('error', reject);
    guard.once('close', (code) => resolve(code ?? 1));
  });
  const ready = new Promise<void>((resolve, reject) => {
    markReady = resolve;
    exited.then((code) => reject(new CommandEnded(order.command, code, lastOutput())), reject);
  });
  ready.catch(() => undefined);

  const stop = async (): Promise<void> => {
    guard.stdin.end();
    await exited;
  };
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    guard.stdin.write(`${signal}\n`);
    await exited;
  };
  return { ready, exited, lastOutput, kill, stop };
}
