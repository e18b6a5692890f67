import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { until } from '../../support/until';

const ROOT = join(__dirname, '..', '..', '..');

/** The machine may be busy with other tests, and compiles the sources first. */
const PRINTED_WITHIN_MS = 90_000;

/** `posthorn demo` in a process of its own. */
export interface DemoProcess {
  readonly child: ChildProcess;
  /** Fulfilled with the exit code, or null after a signal that was not handled. */
  readonly exited: Promise<number | null>;
  /** All that it has printed so far, on both streams. */
  output(): string;
  /** Waits until what it has printed matches. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

/** What finding a Temporal command line needs, and nothing that names servers which are there already. */
function passedOn(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'XDG_CACHE_HOME', 'TEMPORAL_CLI_PATH'];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

/**
 * Starts the demo with everything embedded; the caller ends it.
 * @param temporaryFolder where its servers live.
 */
export function startDemo(args: readonly string[], temporaryFolder: string): DemoProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'demo', ...args], {
    cwd: ROOT,
    env: { ...passedOn(), TMPDIR: temporaryFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    exited,
    output: () => text,
    async printed(pattern) {
      const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
      await until(`the demo to print ${String(pattern)}`, () => pattern.test(text) || ended(), PRINTED_WITHIN_MS);
      const match = pattern.exec(text);
      if (match === null) {
        throw new Error(`the demo ended without printing ${String(pattern)}. It printed:\n${text}`);
      }
      return match;
    },
  };
}
