import { type Environment } from '../../config/environment';
import { CommandEnded, startGuarded } from './guarded-process';

/** A command that is run to its end. */
export interface CommandToRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly workingFolder: string;
  readonly account?: { readonly uid: number; readonly gid: number };
  /** Stops the command when aborted. */
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/** Milliseconds between asking an aborted command to stop and killing it with all its children. */
const KILL_AFTER_MS = 2000;

/**
 * Runs a command to its end; it is stopped with us, whatever ends us.
 *
 * @throws CommandEnded when its exit code is not 0; the reason of `signal` when that was aborted.
 */
export async function runCommand({ signal, ...command }: CommandToRun): Promise<void> {
  signal.throwIfAborted();
  const running = startGuarded({
    ...command,
    stopSignal: 'SIGTERM',
    killAfterMs: KILL_AFTER_MS,
    removeWhenStopped: [],
  });
  const stop = (): void => void running.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const exitCode = await running.exited;
    signal.throwIfAborted();
    if (exitCode !== 0) {
      throw new CommandEnded(command.command, exitCode, running.lastOutput());
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
